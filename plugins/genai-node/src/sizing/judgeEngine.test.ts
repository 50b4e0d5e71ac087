import {
  inferencePlanRequestSchema,
  type InferencePlanRequest,
} from '@promptside/backstage-plugin-genai-common';
import { gpuNode, H100, L4, MI300X, T4 } from './__fixtures__/gpuNodes';
import { LLAMA_8B, plan } from './__fixtures__/plan';

const MI210 = gpuNode({
  name: 'mi210-a',
  vendor: 'amd',
  resource: 'amd.com/gpu',
  product: 'AMD_Instinct_MI210',
  gib: 63.98,
});

describe('engines in a plan', () => {
  it.each<[string, Partial<InferencePlanRequest>, typeof H100, string]>([
    [
      'SGLang on Intel',
      { engine: 'sglang', vendor: 'intel' },
      intel(),
      'VendorNotSupported',
    ],
    ['Triton on AMD', { engine: 'triton' }, MI300X, 'VendorNotSupported'],
    ['KServe on AMD', { engine: 'kserve' }, MI300X, 'VendorNotSupported'],
    [
      'NIM without an image for the model',
      { engine: 'nim', model: 'Qwen/Qwen3-8B' },
      H100,
      'NoNimForModel',
    ],
    [
      'an FP8 cache of TGI without FP8',
      { engine: 'tgi', kvCacheDtype: 'fp8' },
      T4,
      'KvCacheDtypeNotSupported',
    ],
    [
      'MXFP4 in TGI',
      { engine: 'tgi', model: 'openai/gpt-oss-20b' },
      H100,
      'QuantizationNotSupported',
    ],
    [
      'FP8 of SGLang on MI210',
      { engine: 'sglang', model: 'Qwen/Qwen3-8B', quantization: 'fp8' },
      MI210,
      'QuantizationNotSupported',
    ],
    [
      'safetensors in llama.cpp',
      { engine: 'llama-cpp' },
      H100,
      'QuantizationNotSupported',
    ],
    ['a chat model in TEI', { engine: 'tei' }, L4, 'TaskNotSupported'],
    [
      'Gemma on T4 with SGLang',
      { engine: 'sglang', model: 'google/gemma-3-1b-it' },
      T4,
      'NeedsBfloat16',
    ],
  ])('refuses %s', (_, request, node, code) => {
    const { verdict, reasons } = plan({ model: LLAMA_8B, ...request }, [node]);
    expect(verdict).toBe('DoesNotFit');
    expect(reasons.filter(({ severity }) => severity === 'Blocking')).toEqual(
      expect.arrayContaining([expect.objectContaining({ code })]),
    );
  });

  it.each([
    ['tgi', 'EngineNotice'],
    ['tgi', 'PodSecurityNotRestricted'],
    ['tgi-substratus', 'ChartIsPatched'],
    ['triton', 'FrontEndBeta'],
    ['nim', 'PodSecurityNotRestricted'],
    ['kserve', 'NeedsKserve'],
  ] as const)('does not make %s tight by its notice %s', (engine, code) => {
    const { verdict, reasons } = plan({ model: LLAMA_8B, engine }, [H100]);
    expect(verdict).toBe('Fits');
    expect(reasons.find(reason => reason.code === code)?.severity).toBe('Info');
  });

  it('keeps what doubts that the engine starts', () => {
    const { verdict, reasons } = plan(
      { model: 'Qwen/Qwen2.5-7B-Instruct', engine: 'tgi', gpuCount: 2 },
      [T4],
    );
    expect(verdict).toBe('Tight');
    expect(reasons[0].code).toBe('NoFlashAttention');
  });
});

describe('what may be asked of an engine', () => {
  const V100 = gpuNode({
    name: 'v',
    product: 'Tesla-V100-SXM2-32GB',
    gib: 31.7,
  });

  it('is judged by the release that is named', () => {
    expect(plan({ model: LLAMA_8B }, [V100]).reasons[0].code).toBe('GpuTooOld');
    expect(
      plan({ model: LLAMA_8B, engineVersion: '0.11.0' }, [V100]).verdict,
    ).toBe('Fits');
  });

  it.each(['0.11', 'v0.11.0', '0.11.0rc1', '1', '0.10.2+cu128'])(
    'reads every release that a request may name: %s',
    engineVersion => {
      const request = inferencePlanRequestSchema.parse({
        model: LLAMA_8B,
        engineVersion,
      });
      expect(plan(request, [H100]).verdict).toBe('Fits');
    },
  );

  it.each(['', 'latest', '.11', '12345', 'x'.repeat(41)])(
    'refuses the release "%s" before it is planned',
    engineVersion => {
      expect(
        inferencePlanRequestSchema.safeParse({ model: LLAMA_8B, engineVersion })
          .success,
      ).toBe(false);
    },
  );

  it('takes as many GPUs as the tensor parallel size needs', () => {
    const { choice, verdict } = plan(
      { model: LLAMA_8B, tensorParallelSize: 2 },
      [H100],
    );
    expect(verdict).toBe('Fits');
    expect(choice).toMatchObject({ gpuCount: 2, tensorParallelSize: 2 });
  });

  it('does not call a pipeline safe, for no manifests are written for it', () => {
    const { choice, reasons, verdict } = plan(
      { model: LLAMA_8B, gpuCount: 4, tensorParallelSize: 2 },
      [H100],
    );
    expect(choice).toMatchObject({ gpuCount: 4, tensorParallelSize: 2 });
    expect(verdict).toBe('Tight');
    expect(reasons[0].code).toBe('PipelineNotRendered');
  });

  it('refuses a tensor parallel size that does not divide the GPUs', () => {
    const { reasons } = plan(
      { model: LLAMA_8B, gpuCount: 3, tensorParallelSize: 2 },
      [H100],
    );
    expect(reasons[0].code).toBe('InvalidTensorParallelSize');
  });
});

function intel() {
  return gpuNode({
    name: 'max-a',
    vendor: 'intel',
    resource: 'gpu.intel.com/xe',
    product: 'Max_1100',
    gib: 48,
  });
}
