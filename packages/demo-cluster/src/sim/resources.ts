import { Condition, Meta, Node, Pod } from './kubeTypes';
import {
  InferenceService,
  KaitoWorkspace,
  KubeAiModel,
  LlmInferenceService,
  NimService,
} from './operatorTypes';
import {
  CnpgBackup,
  CnpgCluster,
  CnpgScheduledBackup,
  Milvus,
} from './storeTypes';
import {
  DaemonSet,
  Deployment,
  Job,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  ReplicaSet,
  Service,
  StatefulSet,
  StorageClass,
} from './workloadTypes';

/** An object of which the simulation only needs to know that it is there. */
export type PlainObject = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  [field: string]: unknown;
};

/** Event of the core group. */
export type ClusterEvent = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  involvedObject: Record<string, string | undefined>;
  reason: string;
  message: string;
  type: 'Normal' | 'Warning';
  count: number;
  firstTimestamp: string;
  lastTimestamp: string;
  source: { component: string; host?: string };
  reportingComponent: string;
  reportingInstance: string;
};

/** Namespace. */
export type Namespace = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  spec?: { finalizers?: string[] };
  status?: { phase?: string; conditions?: Condition[] };
};

/** Secret or ConfigMap. Only the names of the keys are ever read. */
export type KeyedObject = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  type?: string;
  data?: Record<string, string>;
};

/** Resources the simulation works with, by a short key, with the type of their objects. */
export interface SimResources {
  nodes: Node;
  pods: Pod;
  services: Service;
  endpoints: PlainObject;
  endpointslices: PlainObject;
  events: ClusterEvent;
  namespaces: Namespace;
  secrets: KeyedObject;
  configmaps: KeyedObject;
  serviceaccounts: PlainObject;
  persistentvolumeclaims: PersistentVolumeClaim;
  persistentvolumes: PlainObject;
  storageclasses: StorageClass;
  deployments: Deployment;
  replicasets: ReplicaSet;
  statefulsets: StatefulSet;
  daemonsets: DaemonSet;
  controllerrevisions: PlainObject;
  jobs: Job;
  poddisruptionbudgets: PodDisruptionBudget;
  inferenceservices: InferenceService;
  llminferenceservices: LlmInferenceService;
  nimservices: NimService;
  workspaces: KaitoWorkspace;
  models: KubeAiModel;
  clusters: CnpgCluster;
  backups: CnpgBackup;
  scheduledbackups: CnpgScheduledBackup;
  milvuses: Milvus;
}

/** Short key of a resource. */
export type SimResource = keyof SimResources;

/** Group and version of each resource; the plural is the key. */
export const GROUP_VERSIONS: Record<
  SimResource,
  { group: string; version: string; kind: string }
> = {
  nodes: { group: '', version: 'v1', kind: 'Node' },
  pods: { group: '', version: 'v1', kind: 'Pod' },
  services: { group: '', version: 'v1', kind: 'Service' },
  endpoints: { group: '', version: 'v1', kind: 'Endpoints' },
  endpointslices: {
    group: 'discovery.k8s.io',
    version: 'v1',
    kind: 'EndpointSlice',
  },
  events: { group: '', version: 'v1', kind: 'Event' },
  namespaces: { group: '', version: 'v1', kind: 'Namespace' },
  secrets: { group: '', version: 'v1', kind: 'Secret' },
  configmaps: { group: '', version: 'v1', kind: 'ConfigMap' },
  serviceaccounts: { group: '', version: 'v1', kind: 'ServiceAccount' },
  persistentvolumeclaims: {
    group: '',
    version: 'v1',
    kind: 'PersistentVolumeClaim',
  },
  persistentvolumes: { group: '', version: 'v1', kind: 'PersistentVolume' },
  storageclasses: {
    group: 'storage.k8s.io',
    version: 'v1',
    kind: 'StorageClass',
  },
  deployments: { group: 'apps', version: 'v1', kind: 'Deployment' },
  replicasets: { group: 'apps', version: 'v1', kind: 'ReplicaSet' },
  statefulsets: { group: 'apps', version: 'v1', kind: 'StatefulSet' },
  daemonsets: { group: 'apps', version: 'v1', kind: 'DaemonSet' },
  controllerrevisions: {
    group: 'apps',
    version: 'v1',
    kind: 'ControllerRevision',
  },
  jobs: { group: 'batch', version: 'v1', kind: 'Job' },
  poddisruptionbudgets: {
    group: 'policy',
    version: 'v1',
    kind: 'PodDisruptionBudget',
  },
  inferenceservices: {
    group: 'serving.kserve.io',
    version: 'v1beta1',
    kind: 'InferenceService',
  },
  llminferenceservices: {
    group: 'serving.kserve.io',
    version: 'v1alpha2',
    kind: 'LLMInferenceService',
  },
  nimservices: {
    group: 'apps.nvidia.com',
    version: 'v1alpha1',
    kind: 'NIMService',
  },
  workspaces: { group: 'kaito.sh', version: 'v1beta1', kind: 'Workspace' },
  models: { group: 'kubeai.org', version: 'v1', kind: 'Model' },
  clusters: { group: 'postgresql.cnpg.io', version: 'v1', kind: 'Cluster' },
  backups: { group: 'postgresql.cnpg.io', version: 'v1', kind: 'Backup' },
  scheduledbackups: {
    group: 'postgresql.cnpg.io',
    version: 'v1',
    kind: 'ScheduledBackup',
  },
  milvuses: { group: 'milvus.io', version: 'v1beta1', kind: 'Milvus' },
};

/** Those that are only there with their definitions. */
export const OPERATOR_RESOURCES: ReadonlySet<SimResource> = new Set([
  'inferenceservices',
  'llminferenceservices',
  'nimservices',
  'workspaces',
  'models',
  'clusters',
  'backups',
  'scheduledbackups',
  'milvuses',
]);

/** `apiVersion` of a resource's objects. */
export function apiVersionOf(resource: SimResource): string {
  const { group, version } = GROUP_VERSIONS[resource];
  return group ? `${group}/${version}` : version;
}
