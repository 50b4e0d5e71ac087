import type { V1Container, V1EnvVar } from '@kubernetes/client-node';
import type {
  GpuSharing,
  InferenceEngine,
  InferenceSpec,
  Model,
  KnownEngine,
  ModelTask,
  PlanReason,
  Quantization,
  ServingRuntime,
} from '@promptside/backstage-plugin-genai-common';
import type { AcceleratorProduct } from '../accelerators';
import type { EngineMetricNames } from '../engineMetrics/EngineMetricNames';
import type { EngineVersion } from './engineVersion';
import type { ImagePlatform } from './images';

/** What an engine is asked to run, and on what. A plan can ask this before there is a spec. @public */
export interface LimitsQuestion {
  platform: ImagePlatform;
  /** How messages call the device. */
  deviceName: string;
  /** Absent when the node does not tell, or nobody knows the product. */
  product?: AcceleratorProduct;
  sharing: GpuSharing;
  /** Devices a replica; 0 on processor cores. */
  gpuCount: number;
  /** Absent for a model outside the catalog. `modelType` is `model_type` of a configuration file. */
  model?: Model & { modelType?: string };
  modelId: string;
  quantization: Quantization;
  kvCacheDtype: 'auto' | 'fp8';
  /** The spec names an image of its own, so that none is missing. */
  ownImage: boolean;
  /** Absent: the release of the pinned image. */
  engineVersion?: EngineVersion;
}

/** The same with everything that a manifest needs. @public */
export interface EngineQuestion extends LimitsQuestion {
  spec: InferenceSpec;
  /** Bytes that the engine loads. */
  weightsBytes: number;
}

/** `ports.ts` */
export interface EnginePorts {
  /** The API. Probes use it, too. */
  http: number;
  /** Name of the API's port in container and Service. */
  httpName: string;
  /** Where the API's routes begin, e.g. `/v1`. */
  basePath: string;
}

/** `metrics.ts` */
export interface EngineMetrics {
  /** Name of the port; another than the API's is opened beside it. */
  portName: string;
  port: number;
  /** Port instead where the server speaks its own protocol and not OpenAI's. */
  nativePort?: number;
  path: string;
  names: EngineMetricNames;
  /** Gauge of requests that wait: what to scale on. Absent: the engine has none. */
  queueMetric?: string;
}

/** `probes.ts` */
export interface EngineProbes {
  startupProbe: NonNullable<V1Container['startupProbe']>;
  readinessProbe: NonNullable<V1Container['readinessProbe']>;
  livenessProbe: NonNullable<V1Container['livenessProbe']>;
}

/** `cache.ts` */
export interface EngineCache {
  /** Mount path of the volume with the weights. */
  modelPath: string;
  /** Writable home of the process, for caches that a restart may lose. */
  homePath: string;
  /** Size limit of that home. */
  homeSize: string;
  /** Environment that sends downloads and caches to these paths. */
  variables: Readonly<Record<string, string>>;
}

/** `security.ts` @public */
export interface EngineSecurity {
  /** Strictest Pod Security standard that the pods meet. */
  level: 'restricted' | 'baseline';
  /** 0 where the image cannot run as anybody else. */
  userId: number;
  readOnlyRootFilesystem: boolean;
  /** Why the level is no stricter; one sentence for a person. */
  reason?: string;
}

/** A file that the engine reads, kept in a ConfigMap. */
export interface EngineFile {
  /** Key in the ConfigMap. */
  key: string;
  mountPath: string;
  content: string;
}

/** `container.ts`, with the words of `arguments.ts` in it. */
export interface EngineContainer {
  name: string;
  /** Absent: the image's entry point takes the arguments. */
  command?: string[];
  args: string[];
  env: V1EnvVar[];
  files?: readonly EngineFile[];
  workingDir?: string;
}

/**
 * One engine. Each folder beside this file answers these questions in files of the same names, and `recognise.ts` tells its
 * servers from others.
 */
export interface EngineSpoke {
  engine: InferenceEngine;
  /** The engine of ours whose rules of memory an added one is planned with. */
  sizedAs?: KnownEngine;
  /** Name for people. */
  title: string;
  /** What the reader calls what runs. */
  runtime: ServingRuntime;
  /** Value of `app.kubernetes.io/name`. */
  appName: string;
  /** Who makes the pods. */
  deployedBy: 'Deployment' | 'HelmChart' | 'InferenceService' | 'NIMService';
  /** Labels by which the pods are found; absent: name and instance, as our own Deployments have them. */
  podSelector?(name: string): { [key: string]: string };
  /** Host of the endpoint where it is not a Service of ours; with port 80. */
  endpointHost?(spec: InferenceSpec): string;
  tasks: readonly ModelTask[];
  /** Name under which the model answers when the spec does not say. */
  servedName(spec: InferenceSpec): string;
  ports: EnginePorts;
  metrics: EngineMetrics;
  container(question: EngineQuestion): EngineContainer;
  probes(question: EngineQuestion): EngineProbes;
  /** Size limit of `/dev/shm`, GiB. */
  sharedMemoryGib(gpuCount: number): number;
  cache: EngineCache;
  /** Why weights cannot lie in a shared volume that a Job fills: the engine has its own way. Absent: they can. */
  bringsWeights?: string;
  security(question: LimitsQuestion): EngineSecurity;
  /** Why it cannot run (`Blocking`), or what a person should know of it. */
  limits(question: LimitsQuestion): PlanReason[];
  /** The same of what only a spec tells: names, files, Secrets. */
  specLimits(question: EngineQuestion): PlanReason[];
  /** The engine's own state as a project, for the form; absent when there is nothing to say. */
  notice?: string;
}
