import { parseEngineVersion } from '../servingRuntimes/engineVersion';
import { CONFIGS } from './__fixtures__/configs';
import { modelFromConfig } from './config/modelFromConfig';
import { sizeReplica } from './sizeReplica';

const GIB = 2 ** 30;

interface Row {
  config: keyof typeof CONFIGS;
  /** Visible memory as the log has it. */
  gib: number;
  architecture: string;
  gpus?: number;
  utilization?: number;
  context: number;
  version: string;
  /** "Model loading took", GiB. */
  weights: number;
  /** "Available KV cache memory" or its predecessors, GiB. */
  cache: number;
  /** "GPU KV cache size", where the log has it. */
  tokens?: number;
  /** GiB by which the estimate may err. */
  within?: number;
}

const H100 = { gib: 79.18, architecture: 'sm_90' };
const RTX_3090 = { gib: 23.58, architecture: 'sm_86' };
const A100_40 = { gib: 39.49, architecture: 'sm_80' };

/** Logs that were published with enough of their configuration. No row was used with anything but the server's defaults. */
const ROWS: readonly (readonly [source: string, row: Row])[] = [
  // llm-d/llm-d-benchmark, config_explorer/empirical-vllm-memory-results.md
  ...(
    [
      { config: 'llama8b', weights: 14.99, cache: 51.38 },
      { config: 'qwen3_06b', weights: 1.12, cache: 64.45 },
      { config: 'qwen3_32b', weights: 61.03, cache: 4.45 },
      { config: 'qwen3_32b', gpus: 2, weights: 30.59, cache: 34.49 },
      { config: 'llama70bFp8', gpus: 2, weights: 33.88, cache: 32.0 },
      { config: 'llama70bFp8', weights: 67.72, cache: -1.44 },
      { config: 'gptOss20b', weights: 13.47, cache: 50.28 },
      {
        config: 'gptOss120b',
        utilization: 0.95,
        weights: 64.38,
        cache: 3.33,
      },
    ] as const
  ).map(
    row =>
      [
        'llm-d-benchmark',
        { ...H100, context: 16_000, version: '0.11.0', ...row },
      ] as const,
  ),
  [
    'vllm issue 10517, 20k',
    {
      config: 'llama8b',
      ...RTX_3090,
      context: 20_000,
      version: '0.6.4',
      weights: 14.99,
      cache: 3.81,
      tokens: 1952 * 16,
    },
  ],
  [
    'vllm issue 10517, 29k',
    {
      config: 'llama8b',
      ...RTX_3090,
      context: 29_000,
      version: '0.6.4',
      weights: 14.99,
      cache: 2.89,
      tokens: 23_648,
    },
  ],
  [
    'Qwen2-VL 7B on RTX 3090, April 2025',
    {
      config: 'qwen2Vl7b',
      gib: 23.67,
      architecture: 'sm_86',
      context: 8192,
      version: '0.6.6',
      weights: 15.51,
      cache: 4.36,
      tokens: 5102 * 16,
    },
  ],
  [
    'vllm issue 15815',
    {
      config: 'qwen25_32b',
      gib: 44.42,
      architecture: 'sm_89',
      gpus: 2,
      context: 10_000,
      version: '0.7.3',
      weights: 30.71,
      cache: 7.71,
    },
  ],
  [
    'vllm pull request 17122',
    {
      config: 'llama8b',
      gib: 44.42,
      architecture: 'sm_89',
      context: 32_768,
      version: '0.8.5',
      weights: 14.9889,
      cache: 19.37,
      tokens: 158_656,
      within: 0.75,
    },
  ],
  [
    'ray-project/ray serve documentation, Llama 3.1 70B on A100-40G',
    {
      config: 'llama70b',
      gib: 39.39,
      architecture: 'sm_80',
      gpus: 8,
      context: 32_768,
      version: '0.10.0',
      weights: 16.46,
      cache: 16.27,
      tokens: 13.02 * 32_768,
    },
  ],
  [
    'ray-project/ray serve documentation, Llama 3.1 8B on L4',
    {
      config: 'llama8b',
      gib: 22.0,
      architecture: 'sm_89',
      context: 8192,
      version: '0.10.0',
      weights: 14.99,
      cache: 3.53,
      tokens: 3.53 * 8192,
    },
  ],
  [
    'A100 40 GB, February 2026',
    {
      config: 'llama8b',
      ...A100_40,
      context: 131_072,
      version: '0.15.0',
      weights: 14.99,
      cache: 19.28,
      tokens: 157_936,
    },
  ],
  [
    'A100 40 GB, May 2026',
    {
      config: 'llama8b',
      ...A100_40,
      context: 32_768,
      version: '0.19.0',
      weights: 14.99,
      cache: 19.92,
      tokens: 163_168,
    },
  ],
  [
    'myoceane.fr, A100 80 GB',
    {
      config: 'gptOss20b',
      gib: 79.25,
      architecture: 'sm_80',
      utilization: 0.65,
      context: 131_072,
      version: '0.19.0',
      weights: 13.72,
      cache: 36.56,
      within: 0.6,
    },
  ],
  [
    'H100, October 2026',
    {
      config: 'llama8b',
      gib: 79.25,
      architecture: 'sm_90',
      utilization: 0.92,
      context: 131_072,
      version: '0.30.0',
      weights: 15.0,
      cache: 56.21,
      tokens: 460_496,
    },
  ],
];

describe('published logs of vLLM', () => {
  it.each(ROWS)('%s: %o', (_, row) => {
    const sized = sizeReplica({
      ...modelFromConfig({ config: CONFIGS[row.config] }),
      engineVersion: parseEngineVersion(row.version),
      device: {
        memoryBytes: row.gib * GIB,
        architecture: row.architecture,
      },
      tensorParallelSize: row.gpus ?? 1,
      contextLength: row.context,
      kvCacheDtype: 'auto',
      gpuMemoryUtilization: row.utilization ?? 0.9,
    });
    expect(
      Math.abs(sized.weightsBytesPerGpu / GIB / row.weights - 1),
    ).toBeLessThan(0.01);
    expect(Math.abs(sized.poolBytesPerGpu / GIB - row.cache)).toBeLessThan(
      row.within ?? 0.45,
    );
    const tokens = row.tokens ?? sized.kvPoolTokens!;
    // Nothing measured is compared with itself; 0 where nothing is left.
    expect(Math.abs(sized.kvPoolTokens! - tokens)).toBeLessThanOrEqual(
      0.05 * tokens,
    );
  });
});
