import { Condition, Meta, ResourceList } from './kubeTypes';

type Custom<Parts, Status> = Parts & {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  status?: Status & { conditions?: Condition[] };
};

/** Where CloudNativePG keeps a part of its data. */
export interface CnpgStorage {
  size?: string;
  storageClass?: string;
  pvcTemplate?: {
    storageClassName?: string;
    resources?: { requests?: ResourceList };
  };
}

/** CloudNativePG's Cluster (postgresql.cnpg.io/v1), as far as the demo plays it. */
export type CnpgCluster = Custom<
  {
    spec: {
      instances: number;
      imageName?: string;
      storage: CnpgStorage;
      walStorage?: CnpgStorage;
      resources?: { requests?: ResourceList; limits?: ResourceList };
      inheritedMetadata?: {
        labels?: Record<string, string>;
        annotations?: Record<string, string>;
      };
      [field: string]: unknown;
    };
  },
  Record<string, unknown>
>;

/** CloudNativePG's Backup. */
export type CnpgBackup = Custom<
  { spec: { cluster: { name: string }; method?: string } },
  { phase?: string; startedAt?: string; stoppedAt?: string; method?: string }
>;

/** CloudNativePG's ScheduledBackup. */
export type CnpgScheduledBackup = Custom<
  {
    spec: {
      cluster: { name: string };
      schedule: string;
      method?: string;
      suspend?: boolean;
    };
  },
  { lastScheduleTime?: string }
>;

/** The Milvus of its operator (milvus.io/v1beta1), as far as the demo plays it. */
export type Milvus = Custom<
  {
    spec: {
      mode?: 'standalone' | 'cluster';
      components?: {
        image?: string;
        [component: string]: unknown;
      };
      dependencies?: Record<string, unknown>;
      config?: Record<string, unknown>;
    };
  },
  Record<string, unknown>
>;
