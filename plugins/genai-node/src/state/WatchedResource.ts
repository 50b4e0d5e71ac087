import type { Fact, ResourceKey } from '../facts/Fact';

/**
 * A resource of the API server that live state lists and watches.
 *
 * @public
 */
export interface WatchedResource {
  key: ResourceKey;
  /** Path of the cluster-wide list, e.g. `/api/v1/pods`. */
  path: string;
  /** The same under other versions of the API, in the order in which they are tried where that one is not served. */
  otherPaths?: readonly string[];
  /** Empty for the core group. */
  apiGroup: string;
  /** Plural name as RBAC has it. */
  plural: string;
  /** `Optional`: a cluster without it, or one that forbids it, is not degraded. */
  need: 'Needed' | 'Optional';
  /** Query of list and watch besides paging, e.g. a field selector. */
  listQuery?: Readonly<Record<string, string>>;
  /**
   * `Accept` header of list and watch when only names matter; a server that does not know it sends whole objects, which
   * works as well.
   */
  accept?: string;
  /** Name of the CustomResourceDefinition it needs; without that the resource is `NotInstalled`. */
  crd?: string;
  /** The small record of an object; `undefined` when nothing of it is of interest. Never throws. */
  project(raw: unknown): Fact | undefined;
}
