import type {
  GenaiStorageClass,
  InferenceEngine,
  ModelVariant,
  PlanCandidate,
  StorageMode,
} from '@promptside/backstage-plugin-genai-common';
import type { EngineSpoke } from '../servingRuntimes/EngineSpoke';
import type { EngineVersion } from '../servingRuntimes/engineVersion';
import type { EngineImages } from '../servingRuntimes/images';
import type { HardwareShape } from './hardwareShapes';
import type { InventoryQueue } from './InventoryQueue';
import type { PlannedModel } from './PlannedModel';
import type { InventoryQuota } from './PlanInventory';

/** What is asked of volumes, and what clusters have. */
export interface AskedStorage {
  storageMode?: StorageMode;
  storageClassName?: string;
  /** Absent: not known anywhere. */
  classes?: readonly GenaiStorageClass[];
  /** Clusters that did not tell theirs. */
  unknownIn: readonly string[];
}

/** What is asked for, with every default filled in. */
export interface Ask {
  model: PlannedModel;
  variant: ModelVariant;
  engine: InferenceEngine;
  spoke: EngineSpoke;
  /** Absent: the release that the golden path pins. */
  engineVersion?: EngineVersion;
  /** tokens */
  contextLength: number;
  /** Sequences at full context; absent: one, and more are better. */
  concurrency?: number;
  replicas: number;
  /** Devices a replica; absent: as few as suffice. */
  gpuCount?: number;
  /** GPUs that share each layer; absent: all of a replica. */
  tensorParallelSize?: number;
  kvCacheDtype: 'auto' | 'fp8';
  gpuMemoryUtilization?: number;
  /** The adopter's table of images. */
  images?: EngineImages;
  /** Whether an image is pinned is of no matter. */
  ownImage?: boolean;
  namespace?: string;
  /** LocalQueue that was asked for. */
  queue?: string;
  queues: readonly InventoryQueue[];
  queuesUnknown: readonly string[];
  quota: readonly InventoryQuota[];
  otherQuota: readonly InventoryQuota[];
  /** Clusters in which the namespace has a ResourceQuota; absent: those of the lines. */
  quotaClusters?: readonly string[];
  quotaKnown: boolean;
  /** Absent: a plan that is about memory alone. */
  storage?: AskedStorage;
  requireQuota: boolean;
}

/** One way to run it on one kind of devices, judged. */
export interface Attempt {
  shape: HardwareShape;
  ask: Ask;
  candidate: PlanCandidate;
  /** Nothing of the engine's own speaks against it. */
  engineRuns: boolean;
  /** How much at home the engine is on such devices; 0 is best. */
  standing: number;
  /** Memory suffices: only devices, quota or the like may be missing. */
  memorySuffices: boolean;
  /** Memory of all devices of a replica: the smaller, the less is bound. */
  costBytes: number;
}
