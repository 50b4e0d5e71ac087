/**
 * The structural minimum of Kubernetes objects that projections read. Everything is optional: what the API server sends is
 * foreign data, and an object of a newer API version must not break the reader.
 */
export interface RawMeta {
  uid?: string;
  name?: string;
  namespace?: string;
  generation?: number;
  creationTimestamp?: string;
  deletionTimestamp?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: {
    kind?: string;
    name?: string;
    uid?: string;
    controller?: boolean;
  }[];
}

export interface RawContainer {
  name?: string;
  image?: string;
  command?: string[];
  args?: string[];
  restartPolicy?: string;
  ports?: { name?: string; containerPort?: number }[];
  env?: { name?: string; value?: string }[];
  resources?: {
    limits?: Record<string, unknown>;
    requests?: Record<string, unknown>;
  };
}

export interface RawVolume {
  name?: string;
  emptyDir?: unknown;
  configMap?: unknown;
  secret?: unknown;
  downwardAPI?: unknown;
  projected?: unknown;
  persistentVolumeClaim?: { claimName?: string };
}

export interface RawPodSpec {
  nodeName?: string;
  containers?: RawContainer[];
  initContainers?: RawContainer[];
  volumes?: RawVolume[];
}

export interface RawPodTemplate {
  metadata?: RawMeta;
  spec?: RawPodSpec;
}

export interface RawTermination {
  reason?: string;
  exitCode?: number;
  message?: string;
  finishedAt?: string;
}

export interface RawContainerStatus {
  name?: string;
  ready?: boolean;
  restartCount?: number;
  state?: {
    waiting?: { reason?: string; message?: string };
    running?: unknown;
    terminated?: RawTermination;
  };
  lastState?: { terminated?: RawTermination };
}

export interface RawCondition {
  type?: string;
  status?: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string;
}

/** One loose shape for every kind that is read; each projection uses its part. */
export interface RawObject {
  kind?: string;
  metadata?: RawMeta;
  spec?: RawPodSpec & {
    replicas?: number;
    parallelism?: number;
    template?: RawPodTemplate;
    selector?: Record<string, unknown>;
    unschedulable?: boolean;
    taints?: { key?: string; value?: string; effect?: string }[];
    clusterIP?: string;
    ports?: { name?: string; port?: number; targetPort?: number | string }[];
    resources?: { requests?: Record<string, unknown> };
    volumeClaimTemplates?: {
      metadata?: { name?: string };
      spec?: { resources?: { requests?: Record<string, unknown> } };
    }[];
  };
  status?: {
    phase?: string;
    reason?: string;
    message?: string;
    conditions?: RawCondition[];
    containerStatuses?: RawContainerStatus[];
    initContainerStatuses?: RawContainerStatus[];
    capacity?: Record<string, unknown>;
    allocatable?: Record<string, unknown>;
    nodeInfo?: { kubeletVersion?: string };
    observedGeneration?: number;
    replicas?: number;
    readyReplicas?: number;
    updatedReplicas?: number;
    active?: number;
    ready?: number;
    hard?: Record<string, unknown>;
    used?: Record<string, unknown>;
  };
}
