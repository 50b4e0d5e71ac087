import { badRequest } from './ApiStatusError';
import { KubeObject, ListOptions, ResourceId } from './ObjectStore';

/** Whether an object is meant. */
export type Predicate = (object: KubeObject) => boolean;

type Labels = Record<string, string> | undefined;
type Requirement = (labels: Labels) => boolean;

const KEY =
  /^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/;
const TERM =
  /^\s*(?:(!)\s*(\S+)|(\S+?)\s+(in|notin)\s*\(([^()]*)\)|([^\s!=<>()]+)\s*(==|!=|=|>|<)\s*([^\s=!<>()]*)|([^\s!=<>()]+))\s*$/;

function unreadable(text: string): never {
  throw badRequest(
    `unable to parse requirement: ${JSON.stringify(text.trim())} is not a label selector`,
  );
}

/** Splits at commas outside of parentheses. */
function split(selector: string): string[] {
  return selector.split(/,(?![^(]*\))/);
}

function requirement(term: string): Requirement {
  const match = TERM.exec(term);
  if (!match) {
    return unreadable(term);
  }
  const [
    ,
    not,
    absent,
    setKey,
    setOperator,
    list,
    key,
    operator,
    value,
    present,
  ] = match;
  const name = absent ?? setKey ?? key ?? present;
  if (!KEY.test(name)) {
    return unreadable(term);
  }
  if (not) {
    return labels => labels?.[name] === undefined;
  }
  if (setOperator) {
    const values = new Set(list.split(',').map(text => text.trim()));
    if ([...values].some(text => !VALUE.test(text))) {
      return unreadable(term);
    }
    const inside = (labels: Labels) =>
      labels?.[name] !== undefined && values.has(labels[name]);
    return setOperator === 'in' ? inside : labels => !inside(labels);
  }
  if (operator) {
    if (!VALUE.test(value)) {
      return unreadable(term);
    }
    switch (operator) {
      case '!=':
        return labels => labels?.[name] !== value;
      case '>':
        return labels => Number(labels?.[name]) > Number(value);
      case '<':
        return labels => Number(labels?.[name]) < Number(value);
      default:
        return labels => labels?.[name] === value;
    }
  }
  return labels => labels?.[name] !== undefined;
}

/** Reads a label selector (equality and set form). Throws 400 with the term that cannot be read. */
export function labelPredicate(selector: string): (labels: Labels) => boolean {
  const requirements = split(selector)
    .filter((term, _index, all) => term.trim() !== '' || all.length > 1)
    .map(requirement);
  return labels => requirements.every(matches => matches(labels));
}

const FIELDS: Record<string, string[]> = {
  '/pods': [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.podIPs',
    'status.nominatedNodeName',
  ],
  '/events': [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'reason',
    'reportingComponent',
    'source',
    'type',
  ],
  '/nodes': ['spec.unschedulable'],
  '/namespaces': ['status.phase'],
  '/secrets': ['type'],
  '/services': ['spec.clusterIP', 'spec.type'],
  '/replicationcontrollers': ['status.replicas'],
  'apps/replicasets': ['status.replicas'],
  'batch/jobs': ['status.successful'],
};

function fieldOf(object: KubeObject, path: string): string {
  if (path === 'source') {
    const source = object.source as { component?: string } | undefined;
    return source?.component ?? '';
  }
  let value: unknown = object;
  for (const part of path.split('.')) {
    value = (value as Record<string, unknown> | undefined)?.[part];
  }
  if (value === undefined || value === null) {
    return path === 'spec.unschedulable' || path === 'spec.hostNetwork'
      ? 'false'
      : '';
  }
  return String(value);
}

/** Reads a field selector. Throws 400 for a field the resource cannot be selected by. */
export function fieldPredicate(
  resource: ResourceId,
  selector: string,
  selectable: string[] = [],
): Predicate {
  const known = new Set([
    'metadata.name',
    'metadata.namespace',
    ...(FIELDS[`${resource.group}/${resource.plural}`] ?? []),
    ...selectable,
  ]);
  const terms = selector
    .split(',')
    .filter(term => term !== '')
    .map(term => {
      const match = /^([^=!]+)(==|!=|=)(.*)$/.exec(term);
      if (!match) {
        throw badRequest(
          `invalid selector: '${selector}'; can't understand '${term}'`,
        );
      }
      const [, path, operator, value] = match;
      if (!known.has(path)) {
        throw badRequest(
          `Unable to find "${resource.group}/${resource.version}, Resource=${resource.plural}" that match label selector "", field selector "${selector}": field label not supported: ${path}`,
        );
      }
      return { path, equal: operator !== '!=', value };
    });
  return object =>
    terms.every(
      ({ path, equal, value }) => (fieldOf(object, path) === value) === equal,
    );
}

/** Both selectors of a list or watch in one; `undefined` when everything is meant. */
export function selectorPredicate(
  resource: ResourceId,
  options: ListOptions,
  selectable?: string[],
): Predicate | undefined {
  const predicates: Predicate[] = [];
  if (options.labelSelector) {
    const matches = labelPredicate(options.labelSelector);
    predicates.push(object => matches(object.metadata.labels));
  }
  if (options.fieldSelector) {
    predicates.push(
      fieldPredicate(resource, options.fieldSelector, selectable),
    );
  }
  return predicates.length
    ? object => predicates.every(matches => matches(object))
    : undefined;
}
