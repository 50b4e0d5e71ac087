/** One line of a ResourceQuota. Cores, bytes, devices or objects, as the resource has it. @public */
export interface QuotaLine {
  resource: string;
  hard: number;
  used: number;
}

/** A ResourceQuota whose use the cluster has counted. @public */
export interface QuotaFact {
  resource: 'resourcequotas';
  uid: string;
  name: string;
  namespace: string;
  /** Devices: `resource` is the extended resource without `requests.`. */
  lines: readonly QuotaLine[];
  /** What else a service takes, in the quota's own words: `requests.memory`, `persistentvolumeclaims`. */
  others: readonly QuotaLine[];
  /**
   * Which pods it counts, when not all: `NotServers` are others than those of a long running server with requests, `Some` are
   * those of a priority class, of which nobody here knows whether a server has it.
   */
  scope?: 'NotServers' | 'Some';
}
