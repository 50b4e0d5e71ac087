import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { readDriverVersion, recognisePools } from '../accelerators/registry';
import { parseDeviceCount } from '../quantities';
import type { AcceleratorPool, NodeFact } from './Fact';
import { asIdentified } from './identity';
import { intern } from './intern';
import type { RawObject } from './raw';

/** Labels that say "there is a GPU" even when its device plugin offers nothing. */
const GPU_LABELS = [
  'nvidia.com/gpu.present',
  'feature.node.kubernetes.io/amd-gpu',
  'intel.feature.node.kubernetes.io/gpu',
];

/** A node with accelerators; `undefined` for any other. */
export function projectNode(raw: unknown): NodeFact | undefined {
  const object = asIdentified(raw);
  if (!object) return undefined;
  const { uid, name, labels = {}, annotations } = object.metadata;
  const pools = recognisePools({
    labels,
    capacity: countDevices(object.status?.capacity),
    allocatable: countDevices(object.status?.allocatable),
  });
  const simulated = annotations?.[ANNOTATIONS.simulated] === 'true';
  if (pools.length === 0 && !GPU_LABELS.some(key => labels[key] === 'true')) {
    return undefined;
  }
  const driverVersion = readDriverVersion(labels);
  const kubeletVersion = object.status?.nodeInfo?.kubeletVersion;
  return {
    resource: 'nodes',
    uid,
    name: intern(name),
    ...readState(object),
    taints: (object.spec?.taints ?? []).map(({ key, value, effect }) => ({
      key: intern(key ?? ''),
      ...(value ? { value: intern(value) } : {}),
      effect: intern(effect ?? ''),
    })),
    ...(driverVersion ? { driverVersion: intern(driverVersion) } : {}),
    ...(kubeletVersion ? { kubeletVersion: intern(kubeletVersion) } : {}),
    pools: pools.map(internPool),
    ...(simulated ? { simulated } : {}),
  };
}

function readState(object: RawObject): Pick<NodeFact, 'state' | 'reason'> {
  const ready = object.status?.conditions?.find(({ type }) => type === 'Ready');
  const reason = ready?.reason ? { reason: intern(ready.reason) } : {};
  if (ready?.status === 'False') return { state: 'NotReady', ...reason };
  if (ready?.status !== 'True') return { state: 'Unknown', ...reason };
  return { state: object.spec?.unschedulable ? 'Cordoned' : 'Ready' };
}

function countDevices(
  list: Record<string, unknown> | undefined,
): Record<string, number> {
  const devices: Record<string, number> = {};
  for (const [resource, quantity] of Object.entries(list ?? {})) {
    // Extended resources have a domain; cpu, memory and the like do not.
    if (!resource.includes('/')) continue;
    const count = parseDeviceCount(quantity);
    if (count !== undefined) devices[resource] = count;
  }
  return devices;
}

function internPool(pool: AcceleratorPool): AcceleratorPool {
  return {
    ...pool,
    resource: intern(pool.resource),
    ...(pool.product ? { product: intern(pool.product) } : {}),
    ...(pool.profile ? { profile: intern(pool.profile) } : {}),
  };
}
