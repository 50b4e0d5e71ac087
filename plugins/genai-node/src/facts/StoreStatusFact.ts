/** What a CloudNativePG Cluster says of itself beyond phase and replicas. @public */
export interface CnpgFact {
  primary?: string;
  /** Instance that is to become primary; another one than `primary` while a failover or switchover is under way. */
  targetPrimary?: string;
  primarySince?: string;
  /** Since when the operator finds the primary failing. */
  primaryFailingSince?: string;
  /** Claims of instances that do not exist any more. */
  danglingClaims: readonly string[];
  unusableClaims: readonly string[];
  /** Synchronous standbys that commits wait for; 0: none. */
  synchronousCount: number;
  /** WAL has a volume of its own. */
  walVolume: boolean;
  /** WAL is archived, by a plugin or in core. */
  archivesWal: boolean;
  /** Deprecated in favour of Backup objects, and empty with a plugin. */
  lastSucceededBackupAt?: string;
  lastFailedBackupAt?: string;
}

/** One kind of part of a Milvus. @public */
export interface MilvusComponentFact {
  name: string;
  desired: number;
  ready: number;
}

/** What a Milvus resource says of itself beyond status and replicas. @public */
export interface MilvusFact {
  mode: 'standalone' | 'cluster';
  /** By name; empty in statuses of operators before 1.0. */
  components: readonly MilvusComponentFact[];
  messageStream?: string;
  /** Dependencies inside the cluster whose data is deleted with the resource. */
  deletedWith: readonly string[];
  /** The message stream of a standalone is kept on a claim; absent where it is another system's. */
  queueIsPersistent?: boolean;
}
