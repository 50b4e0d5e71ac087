import { KubeObject, ObjectStore } from '../../store/ObjectStore';
import { node } from '../schema/nodes';
import { defaultPod } from '../schema/podDefaults';
import { applyLimitRanges, enforceLimitRanges } from './limitRange';
import { enforcePodSecurity } from './podSecurity';
import { enforceQuota } from './quota';

const PODS = { group: '', version: 'v1', plural: 'pods' };

/** `Guaranteed`, `Burstable` or `BestEffort`, by the cpu and memory that the containers ask for. */
export function qosClass(spec: Record<string, unknown>): string {
  const containers = [
    ...((spec.initContainers as unknown[]) ?? []),
    ...((spec.containers as unknown[]) ?? []),
  ].map(each => node(node(each).resources));
  const all = containers.flatMap(({ requests, limits }) =>
    ['cpu', 'memory'].map(name => [node(requests)[name], node(limits)[name]]),
  );
  if (all.every(([request, limit]) => !request && !limit)) {
    return 'BestEffort';
  }
  return all.every(([request, limit]) => limit && request === limit)
    ? 'Guaranteed'
    : 'Burstable';
}

/** What admission fills into a pod: defaults, LimitRange, ServiceAccount, first status. Changes it in place. */
export function completePod(store: ObjectStore, pod: KubeObject) {
  const spec = node(pod.spec);
  if (!spec.serviceAccountName) {
    spec.serviceAccountName = 'default';
    spec.serviceAccount = 'default';
  }
  applyLimitRanges(store, pod);
  defaultPod(pod);
  spec.tolerations ??= [];
  const tolerations = spec.tolerations as Array<Record<string, unknown>>;
  for (const key of ['not-ready', 'unreachable']) {
    const taint = `node.kubernetes.io/${key}`;
    if (!tolerations.some(each => each.key === taint)) {
      tolerations.push({
        key: taint,
        operator: 'Exists',
        effect: 'NoExecute',
        tolerationSeconds: 300,
      });
    }
  }
  pod.status = {
    phase: 'Pending',
    ...node(pod.status),
    qosClass: qosClass(spec),
  };
}

/**
 * Admits a pod that a controller wants to create: fills in what is open and checks LimitRanges, Pod Security and quota.
 * @returns a completed copy
 * @throws ApiStatusError 403 in the wording of the admission plugin that refuses
 */
export function admitPod(store: ObjectStore, pod: KubeObject): KubeObject {
  const copy = structuredClone(pod) as KubeObject;
  completePod(store, copy);
  enforceLimitRanges(store, copy);
  enforcePodSecurity(store, copy);
  enforceQuota(store, PODS, copy);
  return copy;
}
