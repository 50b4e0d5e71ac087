import type {
  AddedEngineName,
  KnownEngine,
  ModelTask,
  PlanReason,
  Quantization,
} from '@promptside/backstage-plugin-genai-common';
import type {
  EngineQuestion,
  EngineSecurity,
  LimitsQuestion,
} from './EngineSpoke';
import type { ImageRow } from './images';
import type { ModelSource } from './modelSource';

/** What an added engine is asked for its command. @public */
export interface AddedEngineQuestion extends EngineQuestion {
  /** What it is to load: the hub's id and commit, or the folder of a shared volume. */
  source: ModelSource;
}

/** How its container is started. @public */
export interface AddedEngineCommand {
  /** Absent: the image's entry point takes the arguments. */
  command?: string[];
  args: string[];
  /** Literal values beside those of the cache. */
  variables?: Readonly<Record<string, string>>;
}

/**
 * What turns an added serving runtime into an engine that plans and golden paths offer: a Deployment of its image with what all
 * our engines have around it.
 *
 * @public
 */
export interface AddedEngine {
  /** Name in specs and requests. */
  name: AddedEngineName;
  tasks: readonly ModelTask[];
  /** Weights that it loads; `none` is the original precision. */
  quantizations: readonly Quantization[];
  /** Pinned images by device: those without one are refused. `genai.images` lays its rows over these. */
  images: Readonly<Partial<Record<ImageRow, string>>>;
  /** The engine of ours that uses a device's memory most alike: plans calculate with its rules and say so. */
  sizedAs: KnownEngine;
  /** Port of API and probes. */
  port: number;
  /** Where the API's routes begin. Default `/v1`. */
  basePath?: string;
  /** Paths that answer 200: `ready` when the model can be asked, `alive` while the process is no wreck. */
  probes: { ready: string; alive: string };
  /** Gauge of requests that wait, to scale on. Absent: it is not scaled. */
  queueMetric?: string;
  run(question: AddedEngineQuestion): AddedEngineCommand;
  /** Folder of the weights (default `/models`), writable home (default `/home/engine`), and variables that send caches there. */
  cache?: {
    modelPath?: string;
    homePath?: string;
    variables?: Readonly<Record<string, string>>;
  };
  /** It reads weights that a Job put into a shared volume. Default `false`. */
  readsSharedWeights?: boolean;
  /** It keeps a KV cache in FP8 on request. Default `false`. */
  fp8Cache?: boolean;
  /** Size limit of `/dev/shm`, GiB. Default: what collectives between so many GPUs need. */
  sharedMemoryGib?(gpuCount: number): number;
  /** Default: Pod Security `restricted` with a read-only root file system. */
  security?: EngineSecurity;
  /** What else speaks against a combination (`Blocking`) or should be known of it. */
  limits?(question: LimitsQuestion): PlanReason[];
  /** State of the project that a person should know before choosing. */
  notice?: string;
}
