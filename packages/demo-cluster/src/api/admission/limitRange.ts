import { forbidden } from '../../store/ApiStatusError';
import { KubeObject, ObjectStore } from '../../store/ObjectStore';
import { parseAmount } from '../quantity';
import { JsonNode, node, nodes, textMap } from '../schema/nodes';

const PODS = { group: '', plural: 'pods' };
const LIMIT_RANGES = { group: '', version: 'v1', plural: 'limitranges' };
const ANNOTATION = 'kubernetes.io/limit-ranger';

function fillAmounts(
  container: JsonNode,
  kind: 'requests' | 'limits',
  defaults: Record<string, string>,
): string[] {
  const resources = node(container.resources);
  const amounts = textMap(resources[kind]);
  const missing = Object.keys(defaults).filter(name => !(name in amounts));
  if (missing.length) {
    for (const name of missing) {
      amounts[name] = defaults[name];
    }
    container.resources = { ...resources, [kind]: amounts };
  }
  return missing.sort();
}

function limitsOf(store: ObjectStore, namespace: string | undefined) {
  return store
    .list(LIMIT_RANGES, { namespace })
    .flatMap(range => nodes(node(range.spec).limits));
}

/** Gives the containers of a pod the defaults of the namespace's LimitRanges, in place. */
export function applyLimitRanges(store: ObjectStore, pod: KubeObject) {
  const spec = node(pod.spec);
  const done: string[] = [];
  for (const limit of limitsOf(store, pod.metadata.namespace)) {
    if (limit.type !== 'Container') {
      continue;
    }
    for (const [list, label] of [
      ['containers', 'container'],
      ['initContainers', 'init container'],
    ]) {
      for (const container of nodes(spec[list])) {
        for (const [kind, what, values] of [
          ['requests', 'request', limit.defaultRequest],
          ['limits', 'limit', limit.default],
        ] as const) {
          const filled = fillAmounts(container, kind, textMap(values));
          if (filled.length) {
            done.push(
              `${filled.join(', ')} ${what} for ${label} ${String(container.name)}`,
            );
          }
        }
      }
    }
  }
  if (done.length) {
    pod.metadata.annotations = {
      ...pod.metadata.annotations,
      [ANNOTATION]: `LimitRanger plugin set: ${done.join('; ')}`,
    };
  }
}

/** Throws 403 for a pod that asks for less or more than the namespace's LimitRanges let a container have. */
export function enforceLimitRanges(store: ObjectStore, pod: KubeObject) {
  const refuse = (message: string): never => {
    throw forbidden(PODS, pod.metadata.name, message);
  };
  for (const limit of limitsOf(store, pod.metadata.namespace)) {
    if (limit.type !== 'Container') {
      continue;
    }
    for (const container of nodes(node(pod.spec).containers)) {
      const resources = node(container.resources);
      const requests = textMap(resources.requests);
      const limits = textMap(resources.limits);
      for (const [name, min] of Object.entries(textMap(limit.min))) {
        if (requests[name] === undefined) {
          refuse(
            `minimum ${name} usage per Container is ${min}. No request is specified`,
          );
        } else if (parseAmount(requests[name]) < parseAmount(min)) {
          refuse(
            `minimum ${name} usage per Container is ${min}, but request is ${requests[name]}`,
          );
        }
      }
      for (const [name, max] of Object.entries(textMap(limit.max))) {
        if (limits[name] === undefined) {
          refuse(
            `maximum ${name} usage per Container is ${max}. No limit is specified`,
          );
        } else if (parseAmount(limits[name]) > parseAmount(max)) {
          refuse(
            `maximum ${name} usage per Container is ${max}, but limit is ${limits[name]}`,
          );
        }
      }
    }
  }
}
