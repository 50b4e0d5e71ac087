import { badRequest } from './ApiStatusError';
import { labelPredicate } from './labelSelector';
import { KubeObject, ListOptions, ResourceId } from './ObjectStore';

/** Whether an object is meant. */
export type Predicate = (object: KubeObject) => boolean;

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
  'batch/jobs': ['status.successful'],
};

/** The refusal of a field which a kind cannot be selected by; it depends on the kind whether it has fields of its own. */
function unsupportedField({ group, plural }: ResourceId, path: string): string {
  const quoted = JSON.stringify(path);
  if (group === 'batch' && plural === 'jobs') {
    return `field label ${quoted} not supported for Job`;
  }
  return FIELDS[`${group}/${plural}`]
    ? `field label not supported: ${path}`
    : `${quoted} is not a known field selector: only "metadata.name", "metadata.namespace"`;
}

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
        throw badRequest(unsupportedField(resource, path));
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
