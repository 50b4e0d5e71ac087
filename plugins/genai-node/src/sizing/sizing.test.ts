import fc from 'fast-check';
import { CURATED_MODELS, findModel } from '../models';
import {
  kvBytesAt,
  kvBytesPerToken,
  kvGrowth,
  longestSequence,
} from './kvCache';
import { modelCacheBytes } from './modelCacheBytes';
import { sizeReplica } from './sizeReplica';
import { tensorParallelProblem, tensorParallelSizes } from './tensorParallel';

const KIB = 2 ** 10;
const GIB = 2 ** 30;
const model = (id: string) => findModel(CURATED_MODELS, id)!;

describe('KV cache of a token', () => {
  it.each([
    ['google/gemma-2-9b-it', 336],
    ['google/gemma-3-27b-it', 496],
    ['meta-llama/Llama-2-7b-chat-hf', 512],
    ['meta-llama/Llama-3.2-1B-Instruct', 32],
    ['meta-llama/Llama-3.1-8B-Instruct', 128],
    ['meta-llama/Llama-3.1-405B-Instruct', 504],
    ['Qwen/Qwen2.5-7B-Instruct', 56],
    ['Qwen/Qwen3-32B', 256],
    ['Qwen/Qwen3.6-27B', 64],
    ['microsoft/Phi-3-mini-4k-instruct', 384],
    ['microsoft/phi-4', 200],
    ['deepseek-ai/DeepSeek-V3-0324', 70_272 / KIB],
    ['openai/gpt-oss-20b', 48],
    ['MiniMaxAI/MiniMax-M2.7', 248],
  ])('%s takes %d KiB', (id, kib) => {
    expect(kvBytesPerToken(model(id), 'auto') / KIB).toBe(kib);
    expect(kvBytesPerToken(model(id), 'fp8') / KIB).toBe(kib / 2);
  });

  it.each([
    ['google/gemma-3-4b-it', 8, 0.27],
    ['google/gemma-3-4b-it', 128, 2.61],
    ['google/gemma-3-12b-it', 32, 2.31],
    ['google/gemma-3-27b-it', 32, 2.91],
    ['google/gemma-3-27b-it', 128, 10.41],
    ['google/gemma-2-9b-it', 4, 1.31],
    ['google/gemma-2-9b-it', 8, 1.97],
    ['openai/gpt-oss-20b', 128, 3.0],
    ['openai/gpt-oss-120b', 128, 4.5],
    ['google/gemma-4-31B-it', 8, 1.41],
    ['google/gemma-4-31B-it', 256, 20.78],
    ['deepseek-ai/DeepSeek-R1-0528', 128, 8.58],
  ])('%s at %dk takes %d GiB a sequence', (id, k, gib) => {
    expect(
      kvBytesAt(kvGrowth(model(id), 1, 'auto'), k * KIB) / GIB,
    ).toBeCloseTo(gib, 2);
  });

  it('is shared out among GPUs down to one head each, and not at all with latent attention', () => {
    const perGpu = (id: string, gpus: number) =>
      kvGrowth(model(id), gpus, 'auto').bytesPerToken / KIB;
    expect(
      [1, 2, 8, 16].map(n => perGpu('meta-llama/Llama-3.3-70B-Instruct', n)),
    ).toEqual([320, 160, 40, 40]);
    expect(perGpu('deepseek-ai/DeepSeek-V3-0324', 8)).toBe(70_272 / KIB);
  });

  it('counts the fixed state of hybrid models when it is published', () => {
    const hybrid = {
      ...model('Qwen/Qwen3.6-27B'),
      attention: { type: 'hybrid', fullLayers: 16, stateBytes: 64 * KIB },
    } as const;
    expect(kvBytesAt(kvGrowth(hybrid, 2, 'auto'), 0)).toBe(32 * KIB);
  });

  it('knows the longest sequence exactly: it fits, a block more does not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CURATED_MODELS),
        fc.constantFrom(1, 2, 4, 8),
        fc.double({ min: 0.001, max: 200, noNaN: true }),
        (any, gpus, gib) => {
          const growth = kvGrowth(any, gpus, 'auto');
          const longest = longestSequence(growth, gib * GIB);
          expect(longest % 16).toBe(0);
          expect(kvBytesAt(growth, longest)).toBeLessThanOrEqual(gib * GIB);
          expect(kvBytesAt(growth, longest + 16)).toBeGreaterThan(gib * GIB);
        },
      ),
    );
  });

  it('has no longest sequence where every layer slides', () => {
    const growth = {
      bytesPerToken: 0,
      slidingBytesPerToken: 1024,
      window: 512,
      fixedBytes: 0,
    };
    expect(longestSequence(growth, 1024 * 100)).toBe(96);
    expect(longestSequence({ ...growth, slidingBytesPerToken: 0 }, 1)).toBe(
      Number.MAX_SAFE_INTEGER,
    );
    expect(longestSequence({ ...growth, fixedBytes: 10 }, 5)).toBe(0);
  });
});

describe('tensor parallel sizes', () => {
  it.each([
    ['microsoft/phi-4', [1, 2]],
    ['Qwen/Qwen2.5-7B-Instruct', [1, 2, 4]],
    ['meta-llama/Llama-3.1-8B-Instruct', [1, 2, 4, 8, 16, 32]],
    ['google/gemma-3-1b-it', [1, 2, 4]],
    ['google/gemma-4-31B-it', [1, 2, 4, 8, 16, 32]],
    ['deepseek-ai/DeepSeek-V3-0324', [1, 2, 4, 8, 16, 32, 64]],
  ])('%s runs on %p GPUs', (id, sizes) => {
    expect(tensorParallelSizes(model(id), 64)).toEqual(sizes);
  });

  it('names the heads that cannot be shared out', () => {
    expect(tensorParallelProblem(model('Qwen/Qwen3-8B'), 3)).toMatch(
      /32 attention heads .* 3 GPUs/,
    );
    expect(tensorParallelProblem(model('microsoft/phi-4'), 4)).toMatch(
      /10 KV heads/,
    );
    expect(tensorParallelProblem(model('microsoft/phi-4'), 5)).toBeUndefined();
  });
});

describe('sizeReplica', () => {
  const size = (id: string, gib: number, gpus: number, contextLength: number) =>
    sizeReplica({
      model: model(id),
      variant: model(id).variants[0],
      device: { memoryBytes: gib * GIB, architecture: 'sm_90' },
      tensorParallelSize: gpus,
      contextLength,
      kvCacheDtype: 'auto',
      gpuMemoryUtilization: 0.9,
    });

  it('adds up to the budget', () => {
    const sized = size('meta-llama/Llama-3.1-8B-Instruct', 79.2, 1, 8192);
    expect(sized.budgetBytesPerGpu / GIB).toBeCloseTo(71.28, 2);
    expect(sized.weightsBytesPerGpu / GIB).toBeCloseTo(15.26, 2);
    // Measured with vLLM 0.6 to 0.11 on such a card: 1.4 to 3.5 GiB.
    expect(sized.overheadBytesPerGpu / GIB).toBeGreaterThan(1.4);
    expect(sized.overheadBytesPerGpu / GIB).toBeLessThan(3.5);
    expect(
      sized.weightsBytesPerGpu +
        sized.overheadBytesPerGpu +
        sized.poolBytesPerGpu,
    ).toBeCloseTo(sized.budgetBytesPerGpu, 0);
    expect(sized.kvPoolTokens % 16).toBe(0);
    expect(sized.maxConcurrencyRatio).toBeCloseTo(sized.kvPoolTokens / 8192, 6);
    expect(sized.longestContext).toBe(131072);
  });

  it('has nothing left where the weights alone are too much', () => {
    const sized = size('meta-llama/Llama-3.3-70B-Instruct', 79.2, 1, 8192);
    expect(sized).toMatchObject({
      kvPoolTokens: 0,
      longestContext: 0,
      maxConcurrencyRatio: 0,
    });
  });

  it('tells the pool of sliding models as concurrency x context, as the engine does', () => {
    const sized = size('google/gemma-3-27b-it', 79.2, 1, 32768);
    expect(sized.kvPoolTokens).toBe(
      Math.floor(sized.maxConcurrencyRatio * 32768),
    );
  });

  it('loads 32 bit weights in 16 bit', () => {
    const original = model('Qwen/Qwen3-8B');
    const float32 = { ...original, dtype: 'float32' as const };
    const sized = sizeReplica({
      model: float32,
      variant: { quantization: 'none', weightsBytes: 32 * GIB },
      device: { memoryBytes: 80 * GIB },
      tensorParallelSize: 1,
      contextLength: 1024,
      kvCacheDtype: 'auto',
      gpuMemoryUtilization: 0.9,
    });
    expect(sized.weightsBytes).toBe(16 * GIB);
  });

  it('never gains context by using more memory for something else', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...CURATED_MODELS),
        fc.integer({ min: 12, max: 190 }),
        (any, gib) => {
          const at = (memoryGib: number) => {
            const { longestContext } = sizeReplica({
              model: any,
              variant: any.variants[0],
              device: { memoryBytes: memoryGib * GIB, architecture: 'sm_80' },
              tensorParallelSize: 1,
              contextLength: 1024,
              kvCacheDtype: 'auto',
              gpuMemoryUtilization: 0.9,
            });
            return longestContext;
          };
          expect(at(gib + 4)).toBeGreaterThanOrEqual(at(gib));
        },
      ),
    );
  });
});

describe('modelCacheBytes', () => {
  it('is a fifth more than the weights, in whole GiB, and never tiny', () => {
    expect(modelCacheBytes(15 * GIB)).toBe(18 * GIB);
    expect(modelCacheBytes(15 * GIB + 1)).toBe(19 * GIB);
    expect(modelCacheBytes(1000)).toBe(2 * GIB);
  });
});
