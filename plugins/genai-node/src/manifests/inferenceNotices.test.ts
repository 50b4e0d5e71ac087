import type { EngineImages } from '../servingRuntimes';
import { GOLDEN_SPECS, modelOf, specOf } from './__testUtils__/specs';
import { buildInferenceObjects } from './buildInferenceObjects';
import { inferenceNotices } from './inferenceNotices';

const noticesOf = (name: string) =>
  inferenceNotices(GOLDEN_SPECS[name], modelOf(GOLDEN_SPECS[name]));
const messageOf = (name: string, code: string) =>
  noticesOf(name).find(notice => notice.code === code)?.message;

describe('inferenceNotices', () => {
  it("tells TGI's state, with and without the chart", () => {
    expect(messageOf('tgi-qwen-14b-on-2-a100', 'EngineNotice')).toMatch(
      /in maintenance since 2025-12-11/,
    );
    expect(messageOf('substratus-qwen-14b-on-2-a100', 'EngineNotice')).toMatch(
      /maintenance.*Substratus AI chart \(0\.1\.1\) has not changed since/,
    );
    expect(messageOf('llama-8b-on-l4', 'EngineNotice')).toBeUndefined();
  });

  it('says why pods are not restricted, and what the namespace may enforce', () => {
    expect(
      messageOf('tgi-qwen-14b-on-2-a100', 'PodSecurityNotRestricted'),
    ).toMatch(/root.*#3082.*"baseline" at most/);
    expect(
      messageOf('triton-qwen-7b-on-l4', 'PodSecurityNotRestricted'),
    ).toBeUndefined();
  });

  it('asks for the group of device files where they have one', () => {
    expect(messageOf('sglang-qwen-32b-on-mi300x', 'DeviceGroup')).toMatch(
      /spec\.accelerator\.deviceGroup/,
    );
    expect(messageOf('llama-8b-on-l4', 'DeviceGroup')).toBeUndefined();
  });

  it('warns of an endpoint that anybody may use', () => {
    expect(messageOf('tei-on-l4', 'ExposedWithoutLogin')).toMatch(
      /Whoever reaches embed\.example\.com may use the model/,
    );
    expect(messageOf('llama-8b-on-l4', 'ExposedWithoutLogin')).toBeUndefined();
  });

  it('blocks nothing', () => {
    for (const name of Object.keys(GOLDEN_SPECS)) {
      expect(noticesOf(name).map(({ severity }) => severity)).not.toContain(
        'Blocking',
      );
    }
  });
});

describe('an image of an adopter', () => {
  const imageOf = (images: EngineImages, engine = 'vllm' as const) => {
    const spec = specOf({
      name: 'x1',
      model: 'acme/x',
      spec: { engine: { name: engine } },
    });
    return JSON.stringify(
      buildInferenceObjects(spec, undefined, { images }),
    ).match(/"image":"([^"]+)"/)?.[1];
  };

  it('stands before ours', () => {
    expect(imageOf({})).toMatch(/^vllm\/vllm-openai:v/);
    expect(
      imageOf({ vllm: { nvidia: 'registry.example.com/vllm:v0.32.1' } }),
    ).toBe('registry.example.com/vllm:v0.32.1');
  });

  it.each([
    'registry.example.com/vllm',
    'registry.example.com/vllm:latest',
    'registry.example.com:5000/vllm',
  ])('is refused without a fixed tag: %s', image => {
    expect(() => imageOf({ vllm: { nvidia: image } })).toThrow(
      /spec\.engine\.name: the configured image .* images are pinned/,
    );
  });

  it('opens a device for which we have none', () => {
    const spec = specOf({
      name: 'x1',
      model: 'acme/x',
      spec: {
        accelerator: {
          vendor: 'intel',
          resource: 'habana.ai/gaudi',
          count: 1,
        },
      },
    });
    const images = { vllm: { gaudi: 'registry.example.com/vllm-gaudi:1.24' } };
    expect(() => buildInferenceObjects(spec, undefined)).toThrow(/Gaudi/);
    expect(buildInferenceObjects(spec, undefined, { images })).toHaveLength(6);
  });
});

describe('what an engine cannot do', () => {
  const refusal = (spec: Parameters<typeof specOf>[0]) => () =>
    buildInferenceObjects(specOf(spec), modelOf(specOf(spec)));
  const bge = { id: 'BAAI/bge-m3' };

  it.each([
    [
      'GGUF for vLLM',
      { model: { id: 'acme/x-GGUF', file: 'x.gguf' } },
      /spec\.model\.quantization: vLLM does not load GGUF files.*llama\.cpp/,
    ],
    [
      'safetensors for llama.cpp',
      { engine: { name: 'llama-cpp' as const } },
      /spec\.model\.quantization: llama\.cpp loads GGUF files alone.*spec\.model\.file: llama\.cpp loads one file/,
    ],
    [
      'two GPUs for TEI',
      {
        engine: { name: 'tei' as const },
        model: bge,
        contextLength: 512,
        accelerator: {
          vendor: 'nvidia' as const,
          resource: 'nvidia.com/gpu',
          count: 2,
        },
      },
      /spec\.accelerator\.count: TEI uses one GPU/,
    ],
    [
      'a chat model for TEI',
      {
        engine: { name: 'tei' as const },
        model: { id: 'Qwen/Qwen2.5-7B-Instruct' },
      },
      /spec\.model\.id: .* TEI serves embedding and rerank/,
    ],
    [
      'NIM without its Secrets and for a model without image',
      { engine: { name: 'nim' as const } },
      /spec\.engine\.image: NIM has an image for each model.*spec\.engine\.authSecret.*spec\.engine\.imagePullSecret/,
    ],
    [
      'a served name with a slash for Triton',
      {
        engine: { name: 'triton' as const },
        model: { id: 'acme/x', servedName: 'acme/x' },
      },
      /spec\.model\.servedName: is the name of a folder/,
    ],
    [
      'cores beside GPUs',
      { cpu: { cores: 4 } },
      /spec\.cpu: is for services without spec\.accelerator/,
    ],
  ])('refuses %s', (_, spec, message) => {
    expect(refusal({ name: 'x1', model: 'acme/x', spec })).toThrow(message);
  });
});
