import type {
  AcceleratorVendor,
  GpuAllocation,
  GpuSharing,
  ReadWriteMany,
  ServingRuntime,
  VectorStoreEngine,
} from '@promptside/backstage-plugin-genai-common';
import type {
  ClusterQueueFact,
  LocalQueueFact,
  CohortFact,
  ResourceFlavorFact,
} from './QueueFacts';
import type { AddedMetrics } from '../servingRuntimes/AddedServingRuntime';
import type { QuotaFact } from './QuotaFact';
import type { CnpgFact, MilvusFact } from './StoreStatusFact';

/**
 * Key of a watched resource, also the discriminator of its facts.
 *
 * @public
 */
export type ResourceKey =
  | 'nodes'
  | 'pods'
  | 'deployments'
  | 'statefulsets'
  | 'replicasets'
  | 'jobs'
  | 'services'
  | 'persistentvolumeclaims'
  | 'resourcequotas'
  | 'namespaces'
  | 'localqueues'
  | 'clusterqueues'
  | 'cohorts'
  | 'resourceflavors'
  | 'storageclasses'
  | 'events'
  | 'customresourcedefinitions'
  | 'inferenceservices'
  | 'llminferenceservices'
  | 'nimservices'
  | 'kaitoworkspaces'
  | 'kubeaimodels'
  | 'cnpgclusters'
  | 'cnpgbackups'
  | 'cnpgscheduledbackups'
  | 'milvuses';

/** The controlling owner an object names in its `ownerReferences`. @public */
export interface OwnerLink {
  kind: string;
  name: string;
  uid: string;
}

/** What an object says about the catalog. @public */
export interface CatalogClaim {
  /** Full entity ref from the annotation. */
  entityRef?: string;
  /** Full entity ref of a Group from the annotation. */
  owner?: string;
  /** Label `backstage.io/kubernetes-id`. */
  kubernetesId?: string;
}

interface ObjectFact {
  uid: string;
  name: string;
}

interface NamespacedFact extends ObjectFact {
  namespace: string;
}

/** Devices of one extended resource that a pod asks for. @public */
export interface AcceleratorAsk {
  resource: string;
  count: number;
}

/** All devices of one resource on one node, in schedulable units. @public */
export interface AcceleratorPool {
  vendor: AcceleratorVendor;
  resource: string;
  sharing: GpuSharing;
  /** Product label without `-SHARED` and MIG suffix. */
  product?: string;
  /** MIG or partition profile. */
  profile?: string;
  /** Memory of one schedulable device. */
  memoryBytes?: number;
  /** Physical GPUs; absent when the node does not tell. */
  physicalCount?: number;
  /** Slots a shared GPU is divided into. */
  replicas?: number;
  capacity: number;
  allocatable: number;
}

/** @public */
export interface NodeTaint {
  key: string;
  value?: string;
  effect: string;
}

/** A node with accelerators; other nodes leave no fact. @public */
export interface NodeFact extends ObjectFact {
  resource: 'nodes';
  state: 'Ready' | 'NotReady' | 'Cordoned' | 'Unknown';
  reason?: string;
  taints: readonly NodeTaint[];
  driverVersion?: string;
  kubeletVersion?: string;
  pools: readonly AcceleratorPool[];
  simulated?: boolean;
}

/** One end of a container. @public */
export interface TerminationFact {
  reason?: string;
  exitCode?: number;
  message?: string;
  finishedAt?: string;
}

/** A container that is not simply ready; ready containers that never restarted leave no fact. @public */
export interface ContainerFact {
  name: string;
  role: 'main' | 'init' | 'sidecar';
  ready: boolean;
  running: boolean;
  restartCount: number;
  waiting?: { reason?: string; message?: string };
  terminated?: TerminationFact;
  lastTerminated?: TerminationFact;
}

/** A pod that asks for accelerators or belongs to a model server, vector store or RAG service; other pods leave no fact. @public */
export interface PodFact extends NamespacedFact, CatalogClaim {
  resource: 'pods';
  phase: GpuAllocation['phase'];
  node?: string;
  /** Has a deletion timestamp: it still holds its devices. */
  deleting?: true;
  ready: boolean;
  controller?: OwnerLink;
  asks: readonly AcceleratorAsk[];
  /** Belongs to a model server by its own looks, or brings its weights. */
  serves?: true;
  /** Brings the weights of a model server into a shared volume. */
  downloads?: true;
  /** Belongs to a vector store by its own looks. */
  stores?: true;
  /** Answers for a RAG service by its own labels. */
  rag?: true;
  model?: string;
  scheduledAt?: string;
  /** Condition `PodScheduled` is False. */
  unschedulable?: { reason?: string; message?: string };
  /** Reason and message of the pod itself, e.g. `Evicted`. */
  reason?: string;
  message?: string;
  containers: readonly ContainerFact[];
}

/** What a serving runtime told about itself in a pod template. @public */
export interface ServingFact {
  runtime: ServingRuntime;
  /** What the runtime starts in its pods, where that is another; its metrics are the engine's. */
  engine?: ServingRuntime;
  /** Name of a runtime that an adopter has added. */
  title?: string;
  /** Its metrics. */
  metrics?: AddedMetrics;
  version?: string;
  modelId?: string;
  modelRevision?: string;
  servedName?: string;
  /** Port the API is served on inside the container. */
  port?: number;
  /** Path of the API's base, e.g. `/v1`. */
  basePath: string;
  protocol: 'openai' | 'other';
}

/** What a vector store told about itself. @public */
export interface StoreFact {
  engine: VectorStoreEngine;
  version?: string;
  /** Groups several workloads into one store, e.g. the Helm release. */
  instance?: string;
  port?: number;
  persistence: 'Persistent' | 'Ephemeral' | 'Unknown';
  /** Bytes a replica claims from its templates. */
  templateBytes?: number;
  /** Names of those templates; a StatefulSet's claims are `<template>-<set>-<ordinal>`. */
  claimTemplates?: readonly string[];
  /** Claims named in the pod template. */
  claims?: readonly string[];
  cnpg?: CnpgFact;
  milvus?: MilvusFact;
}

/** @public */
export interface ConditionFact {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  at?: string;
}

/** Numbers of a rollout; absent ones are 0 by the API's omission of zeros. @public */
export interface RolloutFact {
  generation?: number;
  observedGeneration?: number;
  /** Wanted replicas. */
  desired: number;
  ready: number;
  updated: number;
  conditions: readonly ConditionFact[];
}

/**
 * A workload. Owner chains need every one; only model servers, vector stores and those that ask for accelerators carry
 * more than their name and links.
 *
 * @public
 */
export interface WorkloadFact extends NamespacedFact, CatalogClaim {
  resource:
    | 'deployments'
    | 'statefulsets'
    | 'replicasets'
    | 'jobs'
    | 'inferenceservices'
    | 'llminferenceservices'
    | 'nimservices'
    | 'kaitoworkspaces'
    | 'kubeaimodels'
    | 'cnpgclusters'
    | 'milvuses';
  kind: string;
  controller?: OwnerLink;
  createdAt?: string;
  model?: string;
  asks?: readonly AcceleratorAsk[];
  serving?: ServingFact;
  store?: StoreFact;
  rag?: RagFact;
  /** On model servers, vector stores and RAG services. */
  rollout?: RolloutFact;
  /** Labels of its pods, for Service selectors. Only on model servers and vector stores. */
  podLabels?: Readonly<Record<string, string>>;
  /** Ports of its containers by name. Only on model servers and vector stores. */
  namedPorts?: Readonly<Record<string, number>>;
  /** Label of the Service's selector through which clients come, where it does not lead to the pods themselves. */
  proxy?: { label: string; value: string };
  /** State that a custom resource tells of itself. */
  custom?: CustomStateFact;
}

/** What a RAG service says that it stands on. @public */
export interface RagFact {
  storeEngine?: string;
  /** Address without credentials. */
  storeEndpoint?: string;
  /** `namespace/name`, where the address does not tell it. */
  storeName?: string;
  collection?: string;
  embeddingModel?: string;
  embeddingDimension?: number;
  embeddingEndpoint?: string;
  llmModel?: string;
  llmEndpoint?: string;
}

/** @public */
export interface CustomStateFact {
  /** Phase or status word in the resource's own vocabulary. */
  phase?: string;
  reason?: string;
  message?: string;
  url?: string;
  /** Requested size of all its volumes. */
  storageBytes?: number;
}

/** @public */
export interface ServiceFact extends NamespacedFact {
  resource: 'services';
  selector: Readonly<Record<string, string>>;
  headless: boolean;
  ports: readonly {
    name?: string;
    port: number;
    targetPort?: number | string;
  }[];
}

/** @public */
export interface ClaimFact extends NamespacedFact {
  resource: 'persistentvolumeclaims';
  phase?: string;
  requestBytes?: number;
  instance?: string;
  /** The CloudNativePG cluster it belongs to. */
  cnpgCluster?: string;
  /** What it holds there: `PG_DATA`, `PG_WAL`, `PG_TABLESPACE`. */
  cnpgRole?: string;
}

/** A backup of a CloudNativePG cluster. @public */
export interface BackupFact extends NamespacedFact {
  resource: 'cnpgbackups';
  cluster: string;
  /** In the operator's words, e.g. `completed`. */
  phase?: string;
  method?: string;
  createdAt?: string;
  startedAt?: string;
  stoppedAt?: string;
  error?: string;
}

/** When backups of a CloudNativePG cluster are taken. @public */
export interface BackupScheduleFact extends NamespacedFact {
  resource: 'cnpgscheduledbackups';
  cluster: string;
  /** Cron expression of six fields, seconds first. */
  schedule: string;
  suspended: boolean;
  createdAt?: string;
  lastScheduledAt?: string;
}

/** @public */
export interface NamespaceFact extends ObjectFact {
  resource: 'namespaces';
  owner?: string;
  simulated?: boolean;
}

/** A class that volumes are made of. @public */
export interface StorageClassFact extends ObjectFact {
  resource: 'storageclasses';
  provisioner: string;
  isDefault: boolean;
  volumeBindingMode?: string;
  allowVolumeExpansion: boolean;
  reclaimPolicy?: string;
  readWriteMany: ReadWriteMany;
  /** ISO 8601; of several defaults the cluster takes the newest. */
  createdAt?: string;
}

/** An event about an object that may be ours. @public */
export interface EventFact extends NamespacedFact {
  resource: 'events';
  involved: { kind: string; name: string; uid: string };
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
  count: number;
  at?: string;
}

/** @public */
export interface CrdFact extends ObjectFact {
  resource: 'customresourcedefinitions';
}

/** The small record that is left of an object. @public */
export type Fact =
  | NodeFact
  | PodFact
  | WorkloadFact
  | ServiceFact
  | ClaimFact
  | BackupFact
  | BackupScheduleFact
  | QuotaFact
  | LocalQueueFact
  | ClusterQueueFact
  | CohortFact
  | ResourceFlavorFact
  | NamespaceFact
  | StorageClassFact
  | EventFact
  | CrdFact;
