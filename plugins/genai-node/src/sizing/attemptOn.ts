import type {
  PlanMemory,
  PlanReason,
  Verdict,
} from '@promptside/backstage-plugin-genai-common';
import { DEFAULT_GPU_MEMORY_UTILIZATION } from '../servingRuntimes/vllm/overhead';
import { vllmSupport } from '../servingRuntimes/vllm/support';
import type { Ask, Attempt } from './Attempt';
import { compareAttempts } from './compareAttempts';
import { formatCount, plural } from './format';
import { placeableReplicas, type HardwareShape } from './hardwareShapes';
import { judgeHardware } from './judgeHardware';
import { judgeMemory } from './judgeMemory';
import { sizeReplica, type SizedReplica } from './sizeReplica';
import { tensorParallelProblem, tensorParallelSizes } from './tensorParallel';

/** The best way to run it on devices of this kind: the asked number of them, else the smallest that suffices. */
export function attemptOn(ask: Ask, shape: HardwareShape): Attempt {
  const counts = gpuCounts(ask, shape);
  return counts
    .map(count => attemptWith(ask, shape, count))
    .reduce((best, next) => (compareAttempts(next, best) < 0 ? next : best));
}

function gpuCounts(ask: Ask, shape: HardwareShape): number[] {
  if (ask.gpuCount !== undefined) return [ask.gpuCount];
  if (shape.sharing !== 'Whole') return [1];
  const sizes = tensorParallelSizes(ask.model, shape.largestNode);
  return sizes.length > 0 ? sizes : [1];
}

function attemptWith(
  ask: Ask,
  shape: HardwareShape,
  gpuCount: number,
): Attempt {
  const { model, variant, kvCacheDtype } = ask;
  const reasons: PlanReason[] = [
    ...vllmSupport({
      model,
      quantization: variant.quantization,
      kvCacheDtype,
      vendor: shape.vendor,
      product: shape.product,
      deviceName: shape.name,
    }),
    ...judgeSplit(ask, shape, gpuCount),
    ...judgeContext(ask),
  ];
  const shared = sharedReason(shape);
  const size = shared ? undefined : sizeOn(ask, shape, gpuCount);
  const memoryReasons = size ? judgeMemory(ask, shape, gpuCount, size) : [];
  reasons.push(...memoryReasons);
  if (!size) reasons.push(shared ?? memoryUnknown(shape));
  reasons.push(...judgeHardware(ask, shape, gpuCount), ...notes(ask, gpuCount));

  return {
    shape,
    ask,
    memorySuffices:
      size !== undefined &&
      memoryReasons.every(({ severity }) => severity !== 'Blocking'),
    costBytes: gpuCount * (shape.memoryBytes ?? 0),
    candidate: {
      cluster: shape.cluster,
      vendor: shape.vendor,
      ...(shape.selector ? { product: shape.selector } : {}),
      resource: shape.resource,
      sharing: shape.sharing,
      gpuCount,
      tensorParallelSize: gpuCount,
      quantization: variant.quantization,
      contextLength: ask.contextLength,
      ...(kvCacheDtype === 'auto' ? {} : { kvCacheDtype }),
      ...(ask.gpuMemoryUtilization === undefined
        ? {}
        : { gpuMemoryUtilization: ask.gpuMemoryUtilization }),
      verdict: verdictOf(reasons, size !== undefined),
      reasons: reasons.sort(bySeverity),
      ...(size ? { memory: planMemory(size) } : {}),
      freeCount: shape.freeCount,
      placeableReplicas: placeableReplicas(shape, gpuCount),
    },
  };
}

/** A reason against outweighs a missing number: what cannot run is not unknown. */
function verdictOf(
  reasons: readonly PlanReason[],
  memoryKnown: boolean,
): Verdict {
  const has = (wanted: PlanReason['severity']) =>
    reasons.some(({ severity }) => severity === wanted);
  if (has('Blocking')) return 'DoesNotFit';
  if (!memoryKnown) return 'Unknown';
  return has('Warning') ? 'Tight' : 'Fits';
}

const SEVERITIES: readonly PlanReason['severity'][] = [
  'Blocking',
  'Warning',
  'Info',
];

function bySeverity(a: PlanReason, b: PlanReason): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

function sizeOn(
  ask: Ask,
  shape: HardwareShape,
  gpuCount: number,
): SizedReplica | undefined {
  if (shape.memoryBytes === undefined) return undefined;
  return sizeReplica({
    ...ask,
    device: {
      memoryBytes: shape.memoryBytes,
      architecture: shape.product?.architecture,
    },
    tensorParallelSize: gpuCount,
    gpuMemoryUtilization:
      ask.gpuMemoryUtilization ?? DEFAULT_GPU_MEMORY_UTILIZATION,
  });
}

function planMemory(size: SizedReplica): PlanMemory {
  const { poolBytesPerGpu: _, sequenceBytesPerGpu: __, ...memory } = size;
  return memory;
}

function judgeSplit(
  ask: Ask,
  shape: HardwareShape,
  gpuCount: number,
): PlanReason[] {
  if (gpuCount > 1 && shape.sharing !== 'Whole') {
    return [
      {
        code: 'SliceNotShared',
        field: 'gpuCount',
        severity: 'Blocking',
        message: `Slices do not work together: one ${shape.name} must hold the whole model. Choose a gpuCount of 1, a larger slice or whole GPUs.`,
      },
    ];
  }
  const problem = tensorParallelProblem(ask.model, gpuCount);
  if (problem) {
    const valid = tensorParallelSizes(ask.model, 64).join(', ');
    return [
      {
        code: 'InvalidTensorParallelSize',
        field: 'gpuCount',
        severity: 'Blocking',
        message: `${ask.model.title} does not run on ${gpuCount} GPUs: ${problem}. Choose one of ${valid}.`,
      },
    ];
  }
  // eslint-disable-next-line no-bitwise
  return (gpuCount & (gpuCount - 1)) === 0
    ? []
    : [
        {
          code: 'UnusualTensorParallelSize',
          field: 'gpuCount',
          severity: 'Warning',
          message: `${gpuCount} GPUs are not a power of two: the split is valid, but engines are hardly tested with it.`,
        },
      ];
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
function sharedReason(shape: HardwareShape): PlanReason | undefined {
  if (!['TimeSlicing', 'Mps', 'Shared'].includes(shape.sharing)) {
    return undefined;
  }
  return {
    code: 'SharedGpu',
    field: 'resource',
    severity: 'Warning',
    message: `${shape.name} is divided among several pods, and what they leave of its memory cannot be told. Choose a whole GPU or a MIG slice to be sure.`,
  };
}

function memoryUnknown(shape: HardwareShape): PlanReason {
  return {
    code: 'GpuMemoryUnknown',
    field: 'product',
    severity: 'Warning',
    message: `The memory of ${shape.name} is not known: neither a node label nor the product table tells. Install the vendor's feature discovery, or choose another GPU.`,
  };
}

/** What changes no verdict but should be known. */
function notes({ model, variant }: Ask, gpuCount: number): PlanReason[] {
  const reasons: PlanReason[] = [];
  const { attention, kvHeads } = model;
  if (gpuCount > 1 && (attention.type === 'mla' || gpuCount > kvHeads)) {
    reasons.push({
      code: 'KvCacheReplicated',
      severity: 'Info',
      message:
        attention.type === 'mla'
          ? `Each of the ${gpuCount} GPUs keeps the whole KV cache: latent attention has no heads to share out.`
          : `${plural(kvHeads, 'KV head')} on ${gpuCount} GPUs: heads are kept more than once, so more GPUs hold no more context.`,
    });
  }
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
