import { KubeObject } from '../../store/ObjectStore';
import { at, node, nodes, textMap, texts } from '../schema/nodes';
import type { Column } from './columns';
import { podReady, podReason, podRestarts } from './podCells';
import { age, duration } from './text';

type Read = (object: KubeObject, now: number) => string | number | null;

/** A column of text. */
export function text(name: string, cell: Read, priority = 0): Column {
  return { name, type: 'string', priority, cell };
}

/** A column of whole numbers. */
export function whole(name: string, cell: Read, priority = 0): Column {
  return { name, type: 'integer', priority, cell };
}

/** The number at a path, 0 when it is absent: status counts are left out when they are 0. */
export const count =
  (...path: string[]): Read =>
  object =>
    Number(at(object, ...path) ?? 0);

/** The text at a path, or what stands for nothing. */
export const read =
  (path: string[], absent = '<none>'): Read =>
  object => {
    const value = at(object, ...path);
    return value === undefined || value === null || value === ''
      ? absent
      : String(value);
  };

/** A label selector as text. */
export function selectorText(selector: unknown): string {
  const { matchLabels, matchExpressions } = node(selector);
  const terms = [
    ...Object.entries(textMap(matchLabels)).map(
      ([key, value]) => `${key}=${value}`,
    ),
    ...nodes(matchExpressions).map(({ key, operator, values }) => {
      switch (operator) {
        case 'In':
          return `${String(key)} in (${texts(values).join(',')})`;
        case 'NotIn':
          return `${String(key)} notin (${texts(values).join(',')})`;
        case 'Exists':
          return String(key);
        default:
          return `!${String(key)}`;
      }
    }),
  ];
  return terms.length ? terms.join(',') : '<none>';
}

const containerColumns = (...path: string[]): Column[] => [
  text(
    'Containers',
    object =>
      nodes(at(object, ...path, 'containers'))
        .map(container => String(container.name))
        .join(','),
    1,
  ),
  text(
    'Images',
    object =>
      nodes(at(object, ...path, 'containers'))
        .map(container => String(container.image))
        .join(','),
    1,
  ),
];
const ofTemplate = containerColumns('spec', 'template', 'spec');
const selector = text(
  'Selector',
  object => selectorText(at(object, 'spec', 'selector')),
  1,
);

/** Age of an object. */
export const AGE = text('Age', ({ metadata }, now) =>
  age(metadata.creationTimestamp, now),
);

function jobStatus(job: KubeObject): string {
  const condition = (type: string) =>
    nodes(at(job, 'status', 'conditions')).some(
      each => each.type === type && each.status === 'True',
    );
  if (condition('Complete')) {
    return 'Complete';
  }
  if (condition('Failed')) {
    return 'Failed';
  }
  if (job.metadata.deletionTimestamp) {
    return 'Terminating';
  }
  return condition('Suspended') ? 'Suspended' : 'Running';
}

function jobDuration(job: KubeObject, now: number): string {
  const start = at(job, 'status', 'startTime');
  const end = at(job, 'status', 'completionTime');
  return typeof start === 'string'
    ? duration(
        (typeof end === 'string' ? Date.parse(end) : now) - Date.parse(start),
      )
    : '';
}

/** Columns of pods and of what makes pods, after the name. */
export const WORKLOAD_COLUMNS: Record<string, Column[]> = {
  '/pods': [
    text('Ready', podReady),
    text('Status', podReason),
    text('Restarts', podRestarts),
    AGE,
    text('IP', read(['status', 'podIP']), 1),
    text('Node', read(['spec', 'nodeName']), 1),
    text('Nominated Node', read(['status', 'nominatedNodeName']), 1),
    text(
      'Readiness Gates',
      pod => {
        const gates = nodes(at(pod, 'spec', 'readinessGates'));
        const met = gates.filter(gate =>
          nodes(at(pod, 'status', 'conditions')).some(
            each => each.type === gate.conditionType && each.status === 'True',
          ),
        );
        return gates.length ? `${met.length}/${gates.length}` : '<none>';
      },
      1,
    ),
  ],
  'apps/deployments': [
    text(
      'Ready',
      object =>
        `${count('status', 'readyReplicas')(object, 0)}/${count('spec', 'replicas')(object, 0)}`,
    ),
    whole('Up-to-date', count('status', 'updatedReplicas')),
    whole('Available', count('status', 'availableReplicas')),
    AGE,
    ...ofTemplate,
    selector,
  ],
  'apps/replicasets': [
    whole('Desired', count('spec', 'replicas')),
    whole('Current', count('status', 'replicas')),
    whole('Ready', count('status', 'readyReplicas')),
    AGE,
    ...ofTemplate,
    selector,
  ],
  'apps/statefulsets': [
    text(
      'Ready',
      object =>
        `${count('status', 'readyReplicas')(object, 0)}/${count('spec', 'replicas')(object, 0)}`,
    ),
    AGE,
    ...ofTemplate,
  ],
  'apps/daemonsets': [
    whole('Desired', count('status', 'desiredNumberScheduled')),
    whole('Current', count('status', 'currentNumberScheduled')),
    whole('Ready', count('status', 'numberReady')),
    whole('Up-to-date', count('status', 'updatedNumberScheduled')),
    whole('Available', count('status', 'numberAvailable')),
    text('Node Selector', object => {
      const chosen = at(object, 'spec', 'template', 'spec', 'nodeSelector');
      return selectorText({ matchLabels: chosen });
    }),
    AGE,
    ...ofTemplate,
    selector,
  ],
  'batch/jobs': [
    text('Status', jobStatus),
    text('Completions', job => {
      const wanted = at(job, 'spec', 'completions') ?? 1;
      return `${count('status', 'succeeded')(job, 0)}/${String(wanted)}`;
    }),
    text('Duration', jobDuration),
    AGE,
    ...ofTemplate,
    selector,
  ],
  'batch/cronjobs': [
    text('Schedule', read(['spec', 'schedule'])),
    text('Timezone', read(['spec', 'timeZone'])),
    text('Suspend', object =>
      at(object, 'spec', 'suspend') ? 'True' : 'False',
    ),
    whole('Active', object => nodes(at(object, 'status', 'active')).length),
    text('Last Schedule', (object, now) => {
      const last = at(object, 'status', 'lastScheduleTime');
      return typeof last === 'string' ? age(last, now) : '<none>';
    }),
    AGE,
    ...containerColumns('spec', 'jobTemplate', 'spec', 'template', 'spec'),
  ],
};
