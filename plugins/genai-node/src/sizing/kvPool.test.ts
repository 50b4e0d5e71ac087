import { cacheLayersOf } from './cacheLayers';
import { CONFIGS } from './__fixtures__/configs';
import { modelFromConfig } from './config/modelFromConfig';
import { kvPool, type PoolQuestion } from './kvPool';

const GIB = 2 ** 30;

const pool = (config: unknown, more: Partial<PoolQuestion>) => {
  const { model } = modelFromConfig({ config });
  return kvPool({
    layers: cacheLayersOf(model),
    tensorParallelSize: 1,
    kvCacheDtype: 'auto',
    poolBytes: 10 * GIB,
    contextLength: 8192,
    longestContext: model.contextLength,
    dealing: 'Grouped',
    stepTokens: 2048,
    told: 'ByBlocks',
    ...more,
  });
};

describe('kvPool', () => {
  // Mistral Small 3.2 24B: 28.20 GiB are 184,832 tokens of 160 KiB (llm-d-benchmark).
  it('divides by the price of a token where every layer keeps every token', () => {
    const config = {
      ...CONFIGS.mixtral,
      num_hidden_layers: 40,
      hidden_size: 5120,
      head_dim: 128,
    };
    const { tokens, concurrencyRatio } = pool(config, {
      poolBytes: 28.2 * GIB,
      contextLength: 16_000,
    });
    expect(Math.abs(tokens / 184_832 - 1)).toBeLessThan(0.001);
    expect(concurrencyRatio).toBeCloseTo(11.55, 1);
  });

  // vllm issue 40691: Qwen3.5 27B, 290,864 tokens and 33.04 x 32,768.
  it('makes blocks of 784 tokens for Qwen3.5 27B, so that a state fits into one', () => {
    const blockBytes = 16 * 784 * 4096;
    const { tokens, concurrencyRatio } = pool(CONFIGS.qwen35_27b, {
      poolBytes: 1487 * blockBytes,
      contextLength: 32_768,
      stepTokens: 16_384,
    });
    expect(tokens).toBe(290_864);
    // 42 blocks of tokens, and one for each of three tables of states.
    expect(concurrencyRatio).toBeCloseTo(33.04, 2);
  });

  // noonghunna/club-3090 issue 612: Qwen3.6 35B A3B, FP8 cache, 5.98 GiB.
  it('makes blocks of 2,096 tokens for Qwen3.6 35B A3B with an FP8 cache', () => {
    const { concurrencyRatio } = pool(CONFIGS.qwen36_35b_a3b, {
      poolBytes: 5.98 * GIB,
      kvCacheDtype: 'fp8',
      contextLength: 131_072,
    });
    // 4.33 there, where prefix caching was asked for and a sequence has two states.
    expect(concurrencyRatio).toBeCloseTo(299 / (63 + 3), 5);
    expect(299 / (63 + 6)).toBeCloseTo(4.33, 2);
  });

  // vllm issue 43308: Gemma 4 31B with about 50 GiB told as 55 thousand tokens by 0.20.
  it('doubles the tokens of a block where the full layers of Gemma 4 are half as dear', () => {
    const old = pool(CONFIGS.gemma4_31b, {
      poolBytes: 50 * GIB,
      contextLength: 262_144,
    });
    expect(old.tokens).toBe(54_608);
    const now = pool(CONFIGS.gemma4_31b, {
      poolBytes: 50 * GIB,
      contextLength: 262_144,
      told: 'ByConcurrency',
    });
    // 20,480 blocks; 8,192 for the full layers, five tables of 193 for the windows.
    expect(now.concurrencyRatio).toBeCloseTo(20_480 / (8192 + 5 * 193), 6);
    expect(now.tokens).toBe(Math.floor(now.concurrencyRatio * 262_144));
  });

  it('reserves the tokens of one step besides the window', () => {
    const ratio = (stepTokens: number) =>
      pool(CONFIGS.gptOss20b, { stepTokens, contextLength: 131_072 })
        .concurrencyRatio;
    expect(ratio(8192)).toBeLessThan(ratio(2048));
  });

  it('holds no sequence longer than it is, whatever the window', () => {
    const { longestContext } = pool(CONFIGS.mistral7bV01, {
      poolBytes: 0.25 * GIB,
    });
    // 128 blocks of 2 MiB: a window and a step, of which one block may be cut.
    expect(longestContext).toBe((128 - 1) * 16);
    expect(pool(CONFIGS.mistral7bV01, {}).longestContext).toBe(32_768);
  });

  it('gives each kind of layers what it needs where there are no blocks', () => {
    const { concurrencyRatio } = pool(CONFIGS.gptOss20b, {
      dealing: 'Exact',
      poolBytes: 3 * GIB,
      contextLength: 131_072,
    });
    expect(concurrencyRatio).toBeCloseTo(1, 2);
  });

  it('holds nothing when nothing is left', () => {
    for (const config of [CONFIGS.llama8b, CONFIGS.gemma4_31b]) {
      expect(pool(config, { poolBytes: -1 })).toMatchObject({
        tokens: 0,
        concurrencyRatio: 0,
        longestContext: 0,
      });
    }
  });
});
