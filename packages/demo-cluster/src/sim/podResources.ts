import { quantityOrZero } from './quantities';
import { Container, Pod, PodSpec, ResourceList } from './kubeTypes';

/** Amounts by resource name in base units (cores, bytes, devices). */
export type Amounts = Map<string, number>;

const addAmount = (amounts: Amounts, name: string, value: number) =>
  amounts.set(name, (amounts.get(name) ?? 0) + value);

/**
 * What a container asks for: its requests, and its limits where it names no request (the API server fills that in).
 */
export function containerRequests(container: Container): ResourceList {
  return {
    ...container.resources?.limits,
    ...container.resources?.requests,
  };
}

/**
 * What the scheduler reserves for a pod: the sum over its containers and sidecars (init containers which restart always),
 * or, where one is larger, an ordinary init container together with the sidecars started before it. One pod slot on top.
 */
export function podRequests(spec: PodSpec): Amounts {
  const total: Amounts = new Map();
  for (const container of spec.containers) {
    for (const [name, value] of Object.entries(containerRequests(container))) {
      addAmount(total, name, quantityOrZero(value));
    }
  }
  const sidecars: Amounts = new Map();
  const initPeak: Amounts = new Map();
  for (const container of spec.initContainers ?? []) {
    const isSidecar = container.restartPolicy === 'Always';
    for (const [name, text] of Object.entries(containerRequests(container))) {
      const value = quantityOrZero(text);
      if (isSidecar) {
        addAmount(sidecars, name, value);
        addAmount(total, name, value);
      } else {
        const atThisStep = value + (sidecars.get(name) ?? 0);
        initPeak.set(name, Math.max(initPeak.get(name) ?? 0, atThisStep));
      }
    }
  }
  for (const [name, value] of initPeak) {
    total.set(name, Math.max(total.get(name) ?? 0, value));
  }
  total.set('pods', 1);
  return total;
}

/** Whether a pod still holds what it asked for: it has a node and has not ended. */
export function holdsResources(pod: Pod): boolean {
  return (
    pod.spec.nodeName !== undefined &&
    pod.status?.phase !== 'Succeeded' &&
    pod.status?.phase !== 'Failed'
  );
}

/** Quality of service class, as the API server derives it from cpu and memory. */
export function qosClass(
  spec: PodSpec,
): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const computeKeys = ['cpu', 'memory'];
  const asksAnything = containers.some(container =>
    computeKeys.some(key => containerRequests(container)[key] !== undefined),
  );
  if (!asksAnything) {
    return 'BestEffort';
  }
  const isGuaranteed = containers.every(container =>
    computeKeys.every(key => {
      const limit = container.resources?.limits?.[key];
      return (
        limit !== undefined &&
        quantityOrZero(containerRequests(container)[key]) ===
          quantityOrZero(limit)
      );
    }),
  );
  return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
