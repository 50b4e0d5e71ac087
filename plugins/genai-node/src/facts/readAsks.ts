import { onlyAccelerators } from '../accelerators/registry';
import { parseDeviceCount } from '../quantities';
import type { AcceleratorAsk } from './Fact';
import { intern } from './intern';
import type { RawContainer, RawPodSpec } from './raw';

const NOTHING: readonly AcceleratorAsk[] = [];
/** Thousands of pods ask for the same few things; each answer exists once. Bounded, because asks are foreign data. */
const BOUND = 1_000;
const pool = new Map<string, readonly AcceleratorAsk[]>();

/**
 * Accelerators that the scheduler reserves for a pod, sorted by resource. Containers add up; init containers run one after
 * the other before them, so they count as the largest one, on top of the sidecars (init containers that keep running)
 * which were started before it.
 */
export function readAsks(
  spec: RawPodSpec | undefined,
): readonly AcceleratorAsk[] {
  const init = spec?.initContainers ?? [];
  const main = spec?.containers ?? [];
  const resources = new Set<string>();
  for (const container of [...init, ...main]) {
    // Requests of extended resources equal their limits, and a pod may state limits only.
    for (const name of Object.keys(container.resources?.limits ?? {})) {
      if (name.includes('/')) resources.add(name);
    }
    for (const name of Object.keys(container.resources?.requests ?? {})) {
      if (name.includes('/')) resources.add(name);
    }
  }
  if (resources.size === 0) return NOTHING;
  const asks = [...resources].sort().map(resource => ({
    resource: intern(resource),
    count: countFor(resource, init, main),
  }));
  const accelerators = onlyAccelerators(asks);
  return accelerators.length === 0 ? NOTHING : share(accelerators);
}

function countFor(
  resource: string,
  init: RawContainer[],
  main: RawContainer[],
): number {
  let sidecars = 0;
  let peak = 0;
  for (const container of init) {
    const count = deviceCount(container, resource);
    if (container.restartPolicy === 'Always') {
      sidecars += count;
      peak = Math.max(peak, sidecars);
    } else {
      peak = Math.max(peak, sidecars + count);
    }
  }
  const running = main.reduce(
    (sum, container) => sum + deviceCount(container, resource),
    sidecars,
  );
  return Math.max(peak, running);
}

function deviceCount(container: RawContainer, resource: string): number {
  const { requests, limits } = container.resources ?? {};
  return parseDeviceCount(requests?.[resource] ?? limits?.[resource]) ?? 0;
}

function share(asks: AcceleratorAsk[]): readonly AcceleratorAsk[] {
  const key = asks.map(({ resource, count }) => `${resource}=${count}`).join();
  const known = pool.get(key);
  if (known) return known;
  if (pool.size >= BOUND) pool.clear();
  pool.set(key, asks);
  return asks;
}
