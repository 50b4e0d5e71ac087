import { intern } from './intern';
import type { RawMeta, RawObject } from './raw';

/** An object with the identity every fact needs. */
export interface IdentifiedObject extends RawObject {
  metadata: RawMeta & { uid: string; name: string };
}

/** An identified object in a namespace. */
export interface NamespacedObject extends RawObject {
  metadata: RawMeta & { uid: string; name: string; namespace: string };
}

/** Foreign data as an object with identity; `undefined` for anything else. */
export function asIdentified(raw: unknown): IdentifiedObject | undefined {
  const object = raw as RawObject | null | undefined;
  const { uid, name } = object?.metadata ?? {};
  return typeof uid === 'string' && typeof name === 'string'
    ? (object as IdentifiedObject)
    : undefined;
}

/** As `asIdentified`, for namespaced kinds. */
export function asNamespaced(raw: unknown): NamespacedObject | undefined {
  const object = asIdentified(raw);
  return typeof object?.metadata.namespace === 'string'
    ? (object as NamespacedObject)
    : undefined;
}

/** The identity part of a namespaced fact. */
export function identityOf(object: NamespacedObject) {
  const { uid, name, namespace } = object.metadata;
  return { uid, name, namespace: intern(namespace) };
}
