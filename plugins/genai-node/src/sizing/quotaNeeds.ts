import { gpuHostResources } from '../servingRuntimes/hostResources';
import type { Ask } from './Attempt';
import { formatCount, formatGib } from './format';
import { modelCacheBytes } from './modelCacheBytes';

const GIB = 2 ** 30;

/** How much of a quota's resource a service takes, and how messages write such amounts. */
export interface QuotaNeed {
  amount: number;
  format(amount: number): string;
}

/** Objects of a Deployment with what stands around it; counts that another way of serving needs differ little. */
const OBJECTS: Readonly<Record<string, number>> = {
  'deployments.apps': 1,
  'replicasets.apps': 1,
  services: 1,
  serviceaccounts: 1,
  'networkpolicies.networking.k8s.io': 1,
  'poddisruptionbudgets.policy': 1,
};

const STORAGE_CLASS = /^(.+)\.storageclass\.storage\.k8s\.io\/(.+)$/;

/**
 * What the golden path's manifests take of the resources that ResourceQuotas name: the same numbers as the builders write. The
 * model cache is counted once where the servers share it, else once for each.
 *
 * @returns what is needed of a resource; undefined of one that a service takes nothing of, or of which that is not known
 */
export function quotaNeeds(
  { replicas, variant, spoke, storage: asked }: Ask,
  gpuCount: number,
  cluster: string,
): (resource: string) => QuotaNeed | undefined {
  const { weightsBytes } = variant;
  const host = gpuHostResources(
    weightsBytes,
    gpuCount,
    spoke.sharedMemoryGib(gpuCount),
  );
  const bytes = (amount: number) => ({ amount, format: formatGib });
  const count = (amount: number) => ({ amount, format: formatCount });
  const shared = asked?.storageMode === 'Shared';
  const claims = shared ? 1 : replicas;
  const storage = bytes(claims * modelCacheBytes(weightsBytes));
  const className =
    asked?.storageClassName ??
    asked?.classes?.find(each => each.isDefault && each.cluster === cluster)
      ?.name;
  const memory = bytes(replicas * host.memoryGib * GIB);
  const table: Readonly<Record<string, QuotaNeed>> = {
    cpu: count(replicas * host.cpuRequest),
    'requests.cpu': count(replicas * host.cpuRequest),
    'limits.cpu': count(replicas * host.cpuLimit),
    memory,
    'requests.memory': memory,
    'limits.memory': memory,
    'requests.storage': storage,
    persistentvolumeclaims: count(claims),
    // A shared volume is filled by a Job before the servers start.
    ...(shared ? { 'jobs.batch': count(1) } : {}),
    pods: count(replicas),
    services: count(1),
  };
  return resource => {
    const [, name, ofClass] = STORAGE_CLASS.exec(resource) ?? [];
    if (name) return name === className ? table[ofClass] : undefined;
    if (!resource.startsWith('count/')) return table[resource];
    const kind = resource.slice('count/'.length);
    const objects = OBJECTS[kind];
    return objects === undefined ? table[kind] : count(objects);
  };
}
