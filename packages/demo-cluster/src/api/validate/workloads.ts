import { sameJson } from '../../store/json';
import { KubeObject } from '../../store/ObjectStore';
import { at, JsonNode, node, nodes, textMap, texts } from '../schema/nodes';
import { FieldErrors } from './errors';
import { validateLabels } from './metadata';
import { validatePodSpec } from './pod';

import { Check, count, percentOrCount } from './checks';
/** Whether labels meet the selector of a workload. */
function selects(selector: JsonNode, labels: Record<string, string>): boolean {
  return (
    Object.entries(textMap(selector.matchLabels)).every(
      ([key, value]) => labels[key] === value,
    ) &&
    nodes(selector.matchExpressions).every(({ key, operator, values }) => {
      const label = labels[String(key)];
      switch (operator) {
        case 'In':
          return label !== undefined && texts(values).includes(label);
        case 'NotIn':
          return label === undefined || !texts(values).includes(label);
        case 'Exists':
          return label !== undefined;
        default:
          return label === undefined;
      }
    })
  );
}

function immutable(
  errors: FieldErrors,
  field: string,
  value: unknown,
  old: unknown,
) {
  if (!sameJson(value, old)) {
    errors.invalid(field, value, 'field is immutable');
  }
}

export const workload: Check = (errors, object, old) => {
  const spec = node(object.spec);
  const selector = node(spec.selector);
  const template = node(spec.template);
  const labels = textMap(at(template, 'metadata', 'labels'));
  count(errors, 'spec.replicas', spec.replicas);
  count(errors, 'spec.minReadySeconds', spec.minReadySeconds);
  const empty =
    !Object.keys(node(selector.matchLabels)).length &&
    !nodes(selector.matchExpressions).length;
  if (spec.selector === undefined) {
    errors.required('spec.selector');
  } else if (empty) {
    errors.invalid(
      'spec.selector',
      spec.selector,
      `empty selector is invalid for ${object.kind.toLowerCase()}`,
    );
  }
  if (empty || !selects(selector, labels)) {
    errors.invalid(
      'spec.template.metadata.labels',
      labels,
      '`selector` does not match template `labels`',
    );
  }
  validateLabels(errors, 'spec.template.labels', labels);
  validatePodSpec(
    errors,
    'spec.template.spec',
    node(template.spec),
    nodes(spec.volumeClaimTemplates).map(claim =>
      at(claim, 'metadata', 'name'),
    ),
  );
  const { restartPolicy } = node(template.spec);
  if (restartPolicy === 'OnFailure' || restartPolicy === 'Never') {
    errors.unsupported('spec.template.spec.restartPolicy', restartPolicy, [
      'Always',
    ]);
  }
  if (old) {
    immutable(
      errors,
      'spec.selector',
      spec.selector,
      at(old, 'spec', 'selector'),
    );
  }
};

export const deployment: Check = (errors, object, old) => {
  workload(errors, object, old);
  const strategy = node(at(object, 'spec', 'strategy'));
  errors.oneOf('spec.strategy.type', strategy.type, [
    'Recreate',
    'RollingUpdate',
  ]);
  if (strategy.type === 'Recreate' && strategy.rollingUpdate) {
    errors.forbidden(
      'spec.strategy.rollingUpdate',
      "may not be specified when strategy `type` is 'Recreate'",
    );
  }
  const rolling = node(strategy.rollingUpdate);
  for (const field of ['maxUnavailable', 'maxSurge']) {
    percentOrCount(
      errors,
      `spec.strategy.rollingUpdate.${field}`,
      rolling[field],
    );
  }
  const none = (value: unknown) => value === 0 || value === '0%';
  if (none(rolling.maxUnavailable) && none(rolling.maxSurge)) {
    errors.invalid(
      'spec.strategy.rollingUpdate.maxUnavailable',
      rolling.maxUnavailable,
      'may not be 0 when `maxSurge` is 0',
    );
  }
};

/** What of a StatefulSet may change. */
const STATEFUL_MUTABLE = [
  'replicas',
  'ordinals',
  'template',
  'updateStrategy',
  'revisionHistoryLimit',
  'persistentVolumeClaimRetentionPolicy',
  'minReadySeconds',
];

export const statefulSet: Check = (errors, object, old) => {
  workload(errors, object, undefined);
  if (old) {
    const fixed = (each: KubeObject) =>
      Object.fromEntries(
        Object.entries(node(each.spec)).filter(
          ([key]) => !STATEFUL_MUTABLE.includes(key),
        ),
      );
    if (!sameJson(fixed(object), fixed(old))) {
      errors.forbidden(
        'spec',
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      );
    }
  }
};

export const job: Check = (errors, object, old) => {
  const spec = node(object.spec);
  for (const field of ['parallelism', 'completions', 'backoffLimit']) {
    count(errors, `spec.${field}`, spec[field]);
  }
  const podSpec = node(at(spec, 'template', 'spec'));
  validatePodSpec(errors, 'spec.template.spec', podSpec);
  if (podSpec.restartPolicy === 'Always') {
    errors.required(
      'spec.template.spec.restartPolicy',
      'valid values: "OnFailure", "Never"',
    );
  }
  if (old) {
    immutable(
      errors,
      'spec.template',
      spec.template,
      at(old, 'spec', 'template'),
    );
    immutable(
      errors,
      'spec.completions',
      spec.completions,
      at(old, 'spec', 'completions'),
    );
  }
};

export const cronJob: Check = (errors, object) => {
  const spec = node(object.spec);
  if (!spec.schedule) {
    errors.required('spec.schedule');
  }
  job(
    errors,
    { ...object, spec: node(at(spec, 'jobTemplate', 'spec')) },
    undefined,
  );
};
