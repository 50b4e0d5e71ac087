import {
  Condition,
  Container,
  LabelSelector,
  Meta,
  PodSpec,
  PodTemplate,
  Probe,
  ResourceList,
} from './kubeTypes';

/** What all custom resources of the demo's operators share. */
type Custom<Parts, Status> = Parts & {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  status?: Status & { conditions?: Condition[] };
};

/** KServe's InferenceService (serving.kserve.io/v1beta1), as far as the demo plays it. */
export type InferenceService = Custom<
  {
    spec: {
      predictor: Partial<PodSpec> & {
        labels?: Record<string, string>;
        annotations?: Record<string, string>;
        minReplicas?: number;
        maxReplicas?: number;
        deploymentStrategy?: { type?: string };
        model?: Partial<Container> & {
          modelFormat: { name: string };
          runtime?: string;
          storageUri?: string;
        };
      };
    };
  },
  {
    observedGeneration?: number;
    url?: string;
    address?: { url: string };
    components?: Record<string, { url?: string }>;
    modelStatus?: {
      transitionStatus: string;
      states: { activeModelState: string; targetModelState: string };
      copies: { failedCopies: number; totalCopies: number };
      lastFailureInfo?: {
        reason: string;
        message?: string;
        exitCode?: number;
        location?: string;
      };
    };
  }
>;

/** KServe's LLMInferenceService (serving.kserve.io/v1alpha2) on one node, without a router. */
export type LlmInferenceService = Custom<
  {
    spec: {
      model: { uri: string; name?: string };
      replicas?: number;
      parallelism?: { tensor?: number };
      labels?: Record<string, string>;
      annotations?: Record<string, string>;
      template?: PodSpec;
    };
  },
  {
    observedGeneration?: number;
    workloads?: Record<string, unknown>;
  }
>;

type NimProbe = {
  enabled?: boolean;
  probe?: Probe;
};

/** NVIDIA's NIMService (apps.nvidia.com/v1alpha1). */
export type NimService = Custom<
  {
    spec: {
      image: {
        repository: string;
        tag: string;
        pullPolicy?: string;
        pullSecrets?: string[];
      };
      authSecret?: string;
      replicas?: number;
      labels?: Record<string, string>;
      annotations?: Record<string, string>;
      env?: Container['env'];
      storage?: {
        pvc?: {
          create?: boolean;
          name?: string;
          size?: string;
          storageClass?: string;
          volumeAccessMode?: string;
        };
        nimCache?: { name: string };
        sharedMemorySizeLimit?: string;
      };
      resources?: { requests?: ResourceList; limits?: ResourceList };
      nodeSelector?: Record<string, string>;
      tolerations?: PodSpec['tolerations'];
      userID?: number;
      groupID?: number;
      expose?: { service?: { type?: string; port?: number } };
      startupProbe?: NimProbe;
      readinessProbe?: NimProbe;
      livenessProbe?: NimProbe;
    };
  },
  {
    state?: string;
    availableReplicas?: number;
    model?: { name: string; clusterEndpoint: string; externalEndpoint: string };
  }
>;

/** KAITO's Workspace (kaito.sh/v1beta1), whose parts stand beside `metadata`. */
export type KaitoWorkspace = Custom<
  {
    resource: {
      count?: number;
      labelSelector: LabelSelector;
      partition?: { mode: string; profile?: string; count?: number };
    };
    inference?: { preset?: { name: string }; template?: PodTemplate };
    tuning?: Record<string, unknown>;
  },
  { state?: string; workerNodes?: string[]; targetNodeCount?: number }
>;

/** KubeAI's Model (kubeai.org/v1). */
export type KubeAiModel = Custom<
  {
    spec: {
      url: string;
      engine: string;
      features?: string[];
      resourceProfile?: string;
      image?: string;
      args?: string[];
      env?: Record<string, string>;
      replicas?: number;
      minReplicas?: number;
    };
  },
  { replicas?: { all: number; ready: number } }
>;
