import { ClusterChange } from './Cluster';

/** One control loop: which keys a change concerns, and what to do about a key. */
export interface SimController {
  /** Component name as events show it. */
  name: string;
  /** Keys to look at when the simulation starts: what an earlier run may have left half-way. */
  initialKeys(): string[];
  /** Keys to look at after a change. Must be cheap: it is asked for every change of the cluster. */
  keysOf(change: ClusterChange): string[];
  /**
   * Brings one key a step closer to what its spec asks for. A returned number is the delay in milliseconds after which to
   * look again although nothing changed. Throwing means: try again later.
   */
  reconcile(key: string): number | void;
}

/** `namespace/name` of an object. */
export function objectKey(object: {
  metadata: { namespace?: string; name: string };
}): string {
  return `${object.metadata.namespace ?? ''}/${object.metadata.name}`;
}

/** Namespace and name of a key. */
export function splitKey(key: string): [namespace: string, name: string] {
  const at = key.indexOf('/');
  return [key.slice(0, at), key.slice(at + 1)];
}
