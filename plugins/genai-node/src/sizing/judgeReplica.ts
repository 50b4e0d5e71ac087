import type {
  AcceleratorVendor,
  GpuSharing,
  PlanReason,
} from '@promptside/backstage-plugin-genai-common';
import type { AcceleratorProduct } from '../accelerators';
import type { Ask } from './Attempt';
import { cacheLayersOf } from './cacheLayers';
import { formatCount, plural } from './format';
import { judgeEngine } from './judgeEngine';
import { judgeMemory } from './judgeMemory';
import { judgeSplit } from './judgeSplit';
import { sizeReplica, type SizedReplica } from './sizeReplica';

/** A kind of devices, wherever they are. */
export interface PlanDevice {
  vendor: AcceleratorVendor;
  sharing: GpuSharing;
  product?: AcceleratorProduct;
  /** Memory of one device; absent when no label and no table tells. */
  memoryBytes?: number;
  /** How messages call one device. */
  name: string;
}

/** GPUs of one replica and how the model is divided among them. */
export interface Split {
  gpuCount: number;
  tensorParallelSize: number;
  pipelineParallelSize: number;
}

/** What engine and memory say of one replica on such devices: nothing of where they are, and whether they are free. */
export interface JudgedReplica {
  reasons: PlanReason[];
  /** Absent when the memory cannot be told. */
  size?: SizedReplica;
  /** Nothing of the engine's own speaks against it. */
  engineRuns: boolean;
  /** Memory suffices: only devices, quota or the like may be missing. */
  memorySuffices: boolean;
}

/** Judges one replica. The same for a plan against a cluster and for one against a product's name. */
export function judgeReplica(
  ask: Ask,
  device: PlanDevice,
  split: Split,
): JudgedReplica {
  const shared = sharedReason(device);
  const size = shared ? undefined : sizeOn(ask, device, split);
  const memory = size ? judgeMemory(ask, device, split.gpuCount, size) : [];
  const engine = judgeEngine(ask, device, split.gpuCount);
  const reasons = [
    ...engine,
    ...judgeSplit(ask, device, split),
    ...judgeContext(ask),
    ...memory,
    ...(size ? [] : [shared ?? memoryUnknown(device)]),
    ...notes(ask, split),
  ];
  return {
    reasons,
    ...(size ? { size } : {}),
    engineRuns: blocksNothing(engine),
    memorySuffices: size !== undefined && blocksNothing(memory),
  };
}

function blocksNothing(reasons: readonly PlanReason[]): boolean {
  return reasons.every(({ severity }) => severity !== 'Blocking');
}

function sizeOn(
  ask: Ask,
  device: PlanDevice,
  split: Split,
): SizedReplica | undefined {
  const { memoryBytes, product } = device;
  if (memoryBytes === undefined) return undefined;
  return sizeReplica({
    ...ask,
    ...split,
    engine: ask.spoke.sizedAs ?? ask.engine,
    device: { memoryBytes, architecture: product?.architecture },
  });
}

function judgeContext({ model, contextLength }: Ask): PlanReason[] {
  if (contextLength <= model.contextLength) return [];
  return [
    {
      code: 'ContextTooLong',
      field: 'contextLength',
      severity: 'Blocking',
      message: `${model.title} knows contexts of at most ${plural(
        model.contextLength,
        'token',
      )}, ${formatCount(contextLength)} are asked for. Choose at most ${formatCount(
        model.contextLength,
      )}.`,
    },
  ];
}

/** Slots of one GPU share its memory without a wall between them, or with one that the node does not tell of. */
function sharedReason({ sharing, name }: PlanDevice): PlanReason | undefined {
  if (!['TimeSlicing', 'Mps', 'Shared'].includes(sharing)) {
    return undefined;
  }
  return {
    code: 'SharedGpu',
    field: 'resource',
    severity: 'Warning',
    message: `${name} is divided among several pods, and what they leave of its memory cannot be told. Choose a whole GPU or a MIG slice to be sure.`,
  };
}

function memoryUnknown({ name }: PlanDevice): PlanReason {
  return {
    code: 'GpuMemoryUnknown',
    field: 'product',
    severity: 'Warning',
    message: `The memory of ${name} is not known: neither a node label nor the product table tells. Install the vendor's feature discovery, or choose another GPU.`,
  };
}

/** What changes no verdict but should be known. */
function notes(
  { model, variant }: Ask,
  { tensorParallelSize }: Split,
): PlanReason[] {
  const reasons: PlanReason[] = [];
  const layers = cacheLayersOf(model);
  const latent = layers.some(({ replicated }) => replicated);
  const fewest = Math.min(
    ...layers
      .filter(({ kind }) => kind !== 'state')
      .map(({ kvHeads }) => kvHeads),
  );
  if (tensorParallelSize > 1 && (latent || tensorParallelSize > fewest)) {
    reasons.push({
      code: 'KvCacheReplicated',
      severity: 'Info',
      message: latent
        ? `Each of the ${tensorParallelSize} GPUs keeps the whole KV cache: latent attention has no heads to share out.`
        : `${plural(fewest, 'KV head')} on ${tensorParallelSize} GPUs: heads are kept more than once, so more GPUs hold no more context.`,
    });
  }
  const { attention } = model;
  if (attention.type === 'hybrid' && attention.stateBytes === undefined) {
    reasons.push({
      code: 'StateNotCounted',
      severity: 'Info',
      message: `The state that ${model.title} keeps for each sequence besides the KV cache is not published and not counted.`,
    });
  }
  if (model.gated && variant.repository === undefined) {
    reasons.push({
      code: 'GatedModel',
      field: 'model',
      severity: 'Info',
      message: `${model.id} is gated: accept its licence on the hub, and put a token with read access into a Secret of the namespace.`,
    });
  }
  return reasons;
}
