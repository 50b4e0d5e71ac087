import { parseEngineImages } from './parseEngineImages';

describe('parseEngineImages', () => {
  it('takes platforms, exact rows, registries with ports and digests', () => {
    const table = {
      vllm: { nvidia: 'registry.acme.test:5000/vllm/vllm-openai:v0.32.0' },
      tei: { 'nvidia/8.9': `registry.acme.test/tei@sha256:${'a'.repeat(64)}` },
      download: { cpu: 'registry.acme.test/hf:2.4.0' },
      nim: { 'nvidia/meta-llama/Llama-3.1-8B-Instruct': 'acme.test/nim:2.0' },
    };
    expect(parseEngineImages(table)).toEqual(table);
  });

  it('gives an empty table for no configuration', () => {
    expect(parseEngineImages(undefined)).toEqual({});
  });

  it.each<[string, unknown, RegExp]>([
    ['no table', 'vllm', /^genai\.images: must be an object$/],
    [
      'no engine',
      { ollama: {} },
      /^genai\.images\.ollama: is no engine; .*vllm/,
    ],
    ['no rows', { vllm: 'a:1' }, /^genai\.images\.vllm: must be an object$/],
    [
      'no device',
      { vllm: { tpu: 'a:1' } },
      /^genai\.images\.vllm\.tpu: must begin/,
    ],
    ['an empty part', { vllm: { 'amd/': 'a:1' } }, /vllm\.amd\/: must begin/],
    [
      'no tag',
      { vllm: { amd: 'acme/vllm' } },
      /vllm\.amd: must be an image with/,
    ],
    [
      'latest',
      { vllm: { amd: 'a:latest' } },
      /vllm\.amd: must not use .*latest/,
    ],
    ['a number', { vllm: { amd: 7 } }, /^genai\.images\.vllm\.amd: /],
  ])('refuses %s and names the key', (_, value, message) => {
    expect(() => parseEngineImages(value)).toThrow(message);
  });
});
