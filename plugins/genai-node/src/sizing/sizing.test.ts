import fc from 'fast-check';
import { CURATED_MODELS, findModel } from '../models';
import { cacheLayersOf, withoutWindows } from './cacheLayers';
import { kvBytesPerToken, sequenceBytes } from './kvCache';
import { modelCacheBytes } from './modelCacheBytes';
import { sizeReplica } from './sizeReplica';
import { tensorParallelProblem, tensorParallelSizes } from './tensorParallel';

const KIB = 2 ** 10;
const GIB = 2 ** 30;
const model = (id: string) => findModel(CURATED_MODELS, id)!;
const sequence = (id: string, tokens: number, gpus = 1) =>
  sequenceBytes(cacheLayersOf(model(id)), tokens, gpus, 'auto');

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
    expect(sequence(id, k * KIB) / GIB).toBeCloseTo(gib, 2);
  });

  it('grows as if there were no window for an engine that has none', () => {
    const layers = withoutWindows(
      cacheLayersOf(model('google/gemma-3-27b-it')),
    );
    expect(sequenceBytes(layers, 32 * KIB, 1, 'auto') / GIB).toBeCloseTo(
      15.5,
      2,
    );
  });

  it('is shared out among GPUs down to one head each, and not at all with latent attention', () => {
    const perGpu = (id: string, gpus: number) => sequence(id, 1, gpus) / KIB;
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
    expect(sequenceBytes(cacheLayersOf(hybrid), 0, 2, 'auto')).toBe(32 * KIB);
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
    expect(sized.weightsBytesPerGpu / GIB).toBeCloseTo(14.99, 2);
    expect(
      sized.weightsBytesPerGpu +
        sized.overheadBytesPerGpu +
        sized.poolBytesPerGpu,
    ).toBeCloseTo(sized.budgetBytesPerGpu, 0);
    expect(sized.kvPoolTokens! % 16).toBe(0);
    expect(sized.maxConcurrencyRatio).toBeCloseTo(
      sized.kvPoolTokens! / 8192,
      6,
    );
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
      Math.floor(sized.maxConcurrencyRatio! * 32768),
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

  const generative = CURATED_MODELS.filter(({ task }) =>
    ['text-generation', 'image-text-to-text'].includes(task),
  );
  const anyReplica = fc.record({
    model: fc.constantFrom(...generative),
    gib: fc.integer({ min: 12, max: 190 }),
    gpus: fc.constantFrom<number>(1, 2, 4, 8),
    // Beyond 32,768 tokens old releases computed contexts in pieces, and so left more.
    contextLength: fc.integer({ min: 16, max: 16_384 }),
    gpuMemoryUtilization: fc.double({ min: 0.3, max: 0.95, noNaN: true }),
    engine: fc.constantFrom('vllm', 'sglang', 'tgi', 'llama-cpp'),
    minor: fc.constantFrom(6, 8, 9, 11, 20, 24),
  });
  type AnyReplica = typeof anyReplica extends fc.Arbitrary<infer T> ? T : never;
  const sizeAny = (replica: AnyReplica) =>
    sizeReplica({
      ...replica,
      engineVersion: { major: 0, minor: replica.minor },
      variant: replica.model.variants[0],
      device: { memoryBytes: replica.gib * GIB, architecture: 'sm_90' },
      tensorParallelSize: replica.gpus,
      kvCacheDtype: 'auto',
    });

  it('never gains by less memory or a lower utilization', () => {
    fc.assert(
      fc.property(anyReplica, replica => {
        const more = sizeAny(replica);
        for (const less of [
          { gib: Math.max(8, replica.gib - 4) },
          { gpuMemoryUtilization: replica.gpuMemoryUtilization * 0.9 },
        ]) {
          // Below 70 GiB, and below 160, vLLM profiles with a smaller batch and so leaves more.
          if (less.gib && crosses(replica.gib, less.gib)) continue;
          const sized = sizeAny({ ...replica, ...less });
          expect(sized.longestContext).toBeLessThanOrEqual(more.longestContext);
          expect(sized.kvPoolTokens).toBeLessThanOrEqual(more.kvPoolTokens!);
        }
      }),
    );
  });

  const crosses = (upper: number, lower: number) =>
    [70, 160].some(limit => upper >= limit && lower < limit);

  it('never holds more sequences of a longer context, nor keeps more a GPU on more GPUs', () => {
    fc.assert(
      fc.property(anyReplica, replica => {
        const one = sizeAny(replica);
        const longer = sizeAny({
          ...replica,
          contextLength: replica.contextLength * 2,
        });
        expect(longer.maxConcurrencyRatio).toBeLessThanOrEqual(
          one.maxConcurrencyRatio!,
        );
        expect(longer.kvBytesAtContext).toBeGreaterThanOrEqual(
          one.kvBytesAtContext,
        );
        const wider = sizeAny({ ...replica, gpus: replica.gpus * 2 });
        expect(wider.weightsBytesPerGpu).toBeLessThanOrEqual(
          one.weightsBytesPerGpu,
        );
        expect(wider.weightsBytes).toBe(one.weightsBytes);
        expect(wider.kvBytesPerToken).toBe(one.kvBytesPerToken);
      }),
    );
  });

  it('knows the longest context exactly: it holds one sequence, one more token does not', () => {
    fc.assert(
      fc.property(anyReplica, replica => {
        const { longestContext } = sizeAny(replica);
        // The old engine's batch, and TGI's, depend on the context itself.
        if (replica.minor < 8 || replica.engine === 'tgi') return;
        const holds = (contextLength: number) =>
          contextLength === 0 ||
          sizeAny({ ...replica, contextLength }).maxConcurrencyRatio! >= 1;
        expect(holds(longestContext)).toBe(true);
        expect(
          longestContext < replica.model.contextLength &&
            holds(longestContext + 1),
        ).toBe(false);
      }),
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
