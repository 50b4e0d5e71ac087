import type { AcceleratorAsk, AcceleratorPool } from '../facts/Fact';
import type {
  AcceleratorResource,
  AcceleratorSpoke,
  NodeDevices,
} from './AcceleratorSpoke';
import { amd } from './amd';
import { intel } from './intel';
import { nvidia } from './nvidia';

/** Every vendor. Adding one is a folder and a line here. */
const SPOKES: readonly AcceleratorSpoke[] = [nvidia, amd, intel];

const known = new Map<string, AcceleratorResource | undefined>();
/** Resource names come from foreign objects, so the memory of them is bounded. */
const KNOWN_BOUND = 10_000;

/**
 * What an extended resource tells by its name; `undefined` when it is no accelerator (`cpu`, `gpu.intel.com/monitoring`).
 *
 * @public
 */
export function readAcceleratorResource(
  resource: string,
): AcceleratorResource | undefined {
  if (known.has(resource)) return known.get(resource);
  let answer: AcceleratorResource | undefined;
  for (const spoke of SPOKES) answer ??= spoke.readResource(resource);
  if (known.size >= KNOWN_BOUND) known.clear();
  known.set(resource, answer);
  return answer;
}

/**
 * Pools of a node, sorted by resource. A resource with neither capacity nor allocatable is what a kubelet leaves behind
 * after a plugin renamed it, and is no pool.
 */
export function recognisePools(node: NodeDevices): AcceleratorPool[] {
  const resources = new Set([
    ...Object.keys(node.capacity),
    ...Object.keys(node.allocatable),
  ]);
  return [...resources].sort().flatMap(name => {
    const resource = readAcceleratorResource(name);
    const spoke = SPOKES.find(({ vendor }) => vendor === resource?.vendor);
    if (!resource || !spoke) return [];
    const pool = spoke.recognisePool(resource, node);
    return pool.capacity > 0 || pool.allocatable > 0 ? [pool] : [];
  });
}

/** Version of the accelerator driver, from whichever vendor tells one. */
export function readDriverVersion(
  labels: Readonly<Record<string, string>>,
): string | undefined {
  for (const spoke of SPOKES) {
    const version = spoke.readDriverVersion(labels);
    if (version) return version;
  }
  return undefined;
}

/** The asks that are for accelerators, in order. */
export function onlyAccelerators(asks: Iterable<AcceleratorAsk>) {
  return [...asks].filter(
    ask => ask.count > 0 && readAcceleratorResource(ask.resource),
  );
}
