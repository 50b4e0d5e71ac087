import { CURATED_MODELS } from '../models';
import { CONFIGS } from './__fixtures__/configs';
import { planLine, type PlanLineAnswer } from './planLine';

const GIB = 2 ** 30;
const LLAMA_8B = 'meta-llama/Llama-3.1-8B-Instruct';
const ask = (question: object) =>
  planLine(JSON.stringify(question), CURATED_MODELS) as PlanLineAnswer;
const codes = (answer: PlanLineAnswer) =>
  answer.reasons.map(({ code }) => code);

describe('planLine', () => {
  it('answers a catalog id with numbers and nothing else', () => {
    const answer = ask({
      model: LLAMA_8B,
      gpu: 'A100 40GB',
      gpuCount: 1,
      tensorParallelSize: 1,
      gpuMemoryUtilization: 0.9,
      contextLength: 8192,
      kvCacheDtype: 'auto',
      engine: 'vllm',
      engineVersion: '0.19.0',
    });
    expect(Object.keys(answer)).toEqual([
      'verdict',
      'reasons',
      'weightsBytes',
      'weightsBytesPerGpu',
      'kvBytesPerToken',
      'kvBytesAtContext',
      'kvPoolTokens',
      'longestContext',
    ]);
    expect(answer).toMatchObject({
      verdict: 'Fits',
      kvBytesPerToken: 131_072,
      kvBytesAtContext: GIB,
    });
    // 163,168 were measured on a card of 39.49 GiB.
    expect(Math.abs(answer.kvPoolTokens! / 163_168 - 1)).toBeLessThan(0.01);
  });

  it('answers a configuration', () => {
    const answer = ask({
      config: CONFIGS.gemma3_27b,
      weightsBytes: 54.9e9,
      gpu: 'H100',
      contextLength: 32_768,
    });
    expect(answer).toMatchObject({ verdict: 'Fits', weightsBytes: 54.9e9 });
    expect(answer.kvBytesAtContext! / GIB).toBeCloseTo(2.91, 2);
  });

  it('knows that older releases and TGI keep whole contexts in windows', () => {
    for (const engine of [
      { engine: 'vllm', engineVersion: 'v0.8.4' },
      { engine: 'tgi' },
    ]) {
      const answer = ask({
        config: CONFIGS.gemma3_27b,
        gpu: 'H200',
        contextLength: 32_768,
        ...engine,
      });
      expect(answer.kvBytesAtContext! / GIB).toBeCloseTo(15.5, 2);
    }
  });

  it.each([
    [
      'Gemma 3 on T4',
      { config: CONFIGS.gemma3_4b, gpu: 'T4' },
      'NeedsBfloat16',
    ],
    [
      'tensor parallel 3',
      { model: LLAMA_8B, gpu: 'H100', tensorParallelSize: 3 },
      'InvalidTensorParallelSize',
    ],
    [
      'GPUs that are no multiple',
      { model: LLAMA_8B, gpu: 'H100', gpuCount: 3, tensorParallelSize: 2 },
      'InvalidTensorParallelSize',
    ],
    [
      'a context beyond the model',
      { config: CONFIGS.qwen3_32b, gpu: 'H200', contextLength: 40_961 },
      'ContextTooLong',
    ],
    [
      'weights that are too large',
      { config: CONFIGS.llama70b, gpu: 'H100' },
      'InsufficientGpuMemory',
    ],
    [
      'a context that is too long for the card',
      { model: LLAMA_8B, gpu: 'L4', contextLength: 65_536 },
      'InsufficientKvCache',
    ],
    [
      'too many sequences',
      { model: LLAMA_8B, gpu: 'L4', concurrency: 50 },
      'InsufficientKvCache',
    ],
    [
      // vllm issue 17569 and its like: 1,536 columns of an expert on 8 GPUs are 192, blocks are 128.
      'experts whose blocks a split would cut',
      {
        config: {
          ...CONFIGS.qwen3_235b_a22b,
          quantization_config: {
            quant_method: 'fp8',
            weight_block_size: [128, 128],
          },
        },
        gpu: 'H100',
        gpuCount: 8,
      },
      'InvalidTensorParallelSize',
    ],
    [
      'groups of 4-bit weights that a split would cut',
      {
        config: {
          ...CONFIGS.qwen25_7b,
          quantization_config: {
            quant_method: 'awq',
            bits: 4,
            group_size: 128,
          },
        },
        gpu: 'L4',
        gpuCount: 28,
      },
      'InvalidTensorParallelSize',
    ],
    [
      'two slices',
      {
        model: LLAMA_8B,
        gpu: 'A100-SXM4-80GB-MIG-3g.40gb',
        gpuCount: 2,
      },
      'SliceNotShared',
    ],
    [
      'MXFP4 on T4',
      { config: CONFIGS.gptOss20b, gpu: 'T4' },
      'QuantizationNotSupported',
    ],
    [
      'safetensors for llama.cpp',
      { config: CONFIGS.llama8b, gpu: 'L4', engine: 'llama-cpp' },
      'QuantizationNotSupported',
    ],
    [
      'Volta with a release that has no code for it',
      { model: LLAMA_8B, gpu: 'V100 32GB' },
      'GpuTooOld',
    ],
  ])('refuses %s', (_, question, code) => {
    const answer = ask(question);
    expect(answer.verdict).toBe('DoesNotFit');
    expect(answer.reasons[0]).toMatchObject({ code, severity: 'Blocking' });
    expect(answer.reasons[0].message).toMatch(/\d|Choose/);
  });

  it.each([
    [
      'Volta with a release that still had code for it',
      { model: LLAMA_8B, gpu: 'V100 32GB', engineVersion: '0.9.1' },
      'RunsInFloat16',
    ],
    [
      'FP8 on A100, as weights only',
      { config: CONFIGS.llama70bFp8, gpu: 'A100 80GB', gpuCount: 2 },
      'Fp8WeightsOnly',
    ],
    [
      'latent attention on eight GPUs',
      { config: CONFIGS.deepseekV3, gpu: 'H200', gpuCount: 8 },
      'KvCacheReplicated',
    ],
  ])('accepts %s, and says so', (_, question, code) => {
    const answer = ask(question);
    expect(answer.verdict).toBe('Fits');
    expect(codes(answer)).toContain(code);
  });

  it('derives the size of an edition that the catalog does not have', () => {
    const answer = ask({
      model: 'meta-llama/Llama-3.2-3B-Instruct',
      gpu: 'L4',
      quantization: 'fp8',
    });
    // 3.21 thousand million parameters, of which 0.39 are the tied table in 16 bit.
    expect(answer.weightsBytes! / 1e9).toBeCloseTo(3.21 + 0.39, 1);
    expect(answer.verdict).toBe('Fits');
  });

  it('divides layers among stages when there are more GPUs than the tensor parallel size', () => {
    const question = { config: CONFIGS.llama70b, gpu: 'H100', gpuCount: 4 };
    const tensor = ask(question);
    const pipeline = ask({ ...question, tensorParallelSize: 2 });
    expect(pipeline.weightsBytesPerGpu).toBeCloseTo(
      tensor.weightsBytesPerGpu!,
      -9,
    );
    expect(pipeline.verdict).toBe('Fits');
    expect(codes(pipeline)).toContain('PipelineAssumed');
  });

  it.each([
    ['a product that nobody knows', { gpu: 'Voodoo 2' }, 'GpuMemoryUnknown'],
    ['a product of two sizes', { gpu: 'A100' }, 'GpuAmbiguous'],
    [
      'an architecture that nobody knows',
      {
        gpu: 'H100',
        model: undefined,
        config: { ...CONFIGS.llama8b, model_type: 'brandnew' },
      },
      'ArchitectureUnknown',
    ],
  ])('leaves %s unknown, and tells what is certain', (_, more, code) => {
    const answer = ask({ model: LLAMA_8B, ...more });
    expect(answer.verdict).toBe('Unknown');
    expect(codes(answer)).toContain(code);
    expect(answer.kvBytesPerToken).toBe(131_072);
    expect(Object.values(answer)).not.toContain(0);
  });

  it.each([
    ['nonsense', 'The line is no JSON'],
    ['[1]', 'The line must be a JSON object'],
    ['{}', 'gpu'],
    [`{"gpu":"L4"}`, 'model or config is missing'],
    [`{"gpu":"L4","model":"nobody/nothing"}`, 'no model "nobody/nothing"'],
    [`{"gpu":"L4","model":"${'x'.repeat(100_000)}"}`, 'model'],
    [`{"gpu":"L4","model":"${LLAMA_8B}","gpuCount":0}`, 'gpuCount'],
    [`{"gpu":"L4","model":"${LLAMA_8B}","engine":"magic"}`, 'engine "magic"'],
    [
      `{"gpu":"L4","model":"${LLAMA_8B}","engineVersion":"new"}`,
      'engineVersion "new"',
    ],
    [
      `{"gpu":"L4","model":"${LLAMA_8B}","quantization":"gguf"}`,
      'has no gguf weights',
    ],
    [
      `{"gpu":"L4","config":{"model_type":"llama"}}`,
      'config.num_hidden_layers is missing',
    ],
  ])('answers %.40s with an error', (line, message) => {
    const answer = planLine(line, CURATED_MODELS);
    expect(Object.keys(answer)).toEqual(['error']);
    expect((answer as { error: string }).error).toContain(message);
    expect((answer as { error: string }).error.length).toBeLessThan(600);
  });

  it('takes null for absent', () => {
    expect(
      ask({ model: LLAMA_8B, gpu: 'H100', quantization: null, config: null })
        .verdict,
    ).toBe('Fits');
  });
});
