import type { KnownEngine } from '@promptside/backstage-plugin-genai-common';
import {
  isAtLeast,
  type EngineVersion,
} from '../servingRuntimes/engineVersion';
import { teiOverheadBytes } from '../servingRuntimes/tei/overhead';
import {
  DEFAULT_GPU_MEMORY_UTILIZATION,
  defaultBatch,
  outsideTorchBytes,
  overheadBytes,
  type OverheadDevice,
} from '../servingRuntimes/vllm/overhead';
import { cacheLayersOf, withoutWindows } from './cacheLayers';
import type { CacheLayers, PlannedModel } from './PlannedModel';

const GIB = 2 ** 30;

/** One replica on one kind of devices, as far as its engine's own memory depends on it. */
export interface EngineQuestion {
  model: PlannedModel;
  device: OverheadDevice;
  version?: EngineVersion;
  tensorParallelSize: number;
  /** tokens */
  contextLength: number;
}

/** How an engine uses the memory of a device. */
export interface EngineMemory {
  /** Share of the device that it takes unless told otherwise. */
  defaultUtilization: number;
  /** Bytes on each GPU besides weights and cache. */
  overheadBytes: number;
  /** Layers as the engine keeps them; none: it keeps no KV cache. */
  layers: readonly CacheLayers[];
  dealing: 'Grouped' | 'Exact';
  told: 'ByConcurrency' | 'ByBlocks';
  /** tokens */
  stepTokens: number;
}

/** Engines whose server is vLLM, or is built around it. */
const VLLM_INSIDE = ['vllm', 'triton', 'nim', 'kserve'] as const;

/** Engines whose memory is known here. */
export const SIZED_ENGINES: readonly KnownEngine[] = [
  ...VLLM_INSIDE,
  'sglang',
  'tgi',
  'tgi-substratus',
  'llama-cpp',
  'tei',
];

/**
 * How this engine uses memory; one that is not known is sized as vLLM. Argued in docs/sizing.md.
 */
export function engineMemory(
  engine: string,
  question: EngineQuestion,
): EngineMemory {
  switch (engine) {
    case 'sglang':
      return sglang(question);
    case 'tgi':
    case 'tgi-substratus':
      return tgi(question);
    case 'llama-cpp':
      return llamaCpp(question);
    case 'tei':
      return tei(question);
    default:
      return vllm(question);
  }
}

/** Columns that a token goes through in the widest MLP; `undefined` where neither file nor catalog tells. */
function mlpWidthOf(model: PlannedModel): number | undefined {
  const { experts, intermediateSize, mlpWidth } = model;
  if (mlpWidth !== undefined) return mlpWidth;
  return experts
    ? experts.perToken * experts.intermediateSize +
        (experts.sharedIntermediateSize ?? 0)
    : intermediateSize;
}

function vllm(question: EngineQuestion): EngineMemory {
  const { model, version } = question;
  return {
    defaultUtilization: DEFAULT_GPU_MEMORY_UTILIZATION,
    overheadBytes: overheadBytes(
      { ...model, mlpWidth: mlpWidthOf(model) },
      question.tensorParallelSize,
      question,
    ),
    layers: vllmLayers(cacheLayersOf(model), version),
    dealing: 'Grouped',
    told: isAtLeast(version, 0, 21) ? 'ByConcurrency' : 'ByBlocks',
    stepTokens: defaultBatch(question).tokens,
  };
}

/** From 0.10 on vLLM drops what has left the window; of chunks from 0.12 on. Before, only models of nothing but windows do. */
function vllmLayers(
  layers: readonly CacheLayers[],
  version: EngineVersion | undefined,
): readonly CacheLayers[] {
  const needed = layers.some(({ kind }) => kind === 'chunk') ? 12 : 10;
  return isAtLeast(version, 0, needed) || layers.length === 1
    ? layers
    : withoutWindows(layers);
}

/** `--mem-fraction-static` covers weights and cache; activations and graphs live in what it leaves. */
function sglang({ model, tensorParallelSize }: EngineQuestion): EngineMemory {
  return {
    defaultUtilization: 0.88,
    overheadBytes: outsideTorchBytes(tensorParallelSize),
    layers: withoutWindows(cacheLayersOf(model)),
    dealing: 'Exact',
    told: 'ByConcurrency',
    stepTokens: 0,
  };
}

/** Warms up with the longest prefill (at least 4,096 tokens) and keeps a twentieth of the device free. */
function tgi({
  model,
  tensorParallelSize,
  contextLength,
}: EngineQuestion): EngineMemory {
  const tokens = Math.max(4096, Math.min(contextLength, 32_768));
  const { hiddenSize } = model;
  const mlpWidth = mlpWidthOf(model) ?? 4 * hiddenSize;
  const prefill =
    tokens * 2 * ((3 * mlpWidth) / tensorParallelSize + 4 * hiddenSize);
  return {
    defaultUtilization: 0.95,
    overheadBytes: outsideTorchBytes(tensorParallelSize) + prefill + 0.5 * GIB,
    layers: withoutWindows(cacheLayersOf(model)),
    dealing: 'Exact',
    told: 'ByConcurrency',
    stepTokens: tokens,
  };
}

/** A context of CUDA and a compute buffer of 0.5 to 1 GiB; the cache is allocated for exactly what is asked. */
function llamaCpp({ model }: EngineQuestion): EngineMemory {
  return {
    defaultUtilization: 1,
    overheadBytes: (0.3 + 0.75) * GIB,
    layers: cacheLayersOf(model),
    dealing: 'Exact',
    told: 'ByConcurrency',
    stepTokens: 0,
  };
}

/** An embedding is the output of one pass: what a batch needs on its way, and nothing that stays. */
function tei({ model, device, contextLength }: EngineQuestion): EngineMemory {
  return {
    defaultUtilization: 1,
    overheadBytes: teiOverheadBytes(
      { ...model, mlpWidth: mlpWidthOf(model) },
      contextLength,
      device.architecture,
    ),
    layers: [],
    dealing: 'Exact',
    told: 'ByConcurrency',
    stepTokens: 0,
  };
}
