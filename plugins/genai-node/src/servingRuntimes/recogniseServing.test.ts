import fc from 'fast-check';
import { viewOf } from '../facts/WorkloadView';
import type { RawContainer } from '../facts/raw';
import { flagValue, portOf, wordAfter } from './commandLine';
import { recogniseServing } from './recogniseServing';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';

function recognise(
  container: RawContainer,
  meta: {
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  } = {},
) {
  return recogniseServing(viewOf({ containers: [container] }, meta));
}

describe('recogniseServing', () => {
  it.each<[string, RawContainer, object]>([
    [
      'vLLM image with flags',
      {
        image: 'vllm/vllm-openai:v0.33.0',
        args: [
          '--model=google/gemma-2-9b-it',
          '--served-model-name',
          'chat',
          '--revision',
          COMMIT,
          '--port=9000',
        ],
      },
      {
        runtime: 'vllm',
        version: 'v0.33.0',
        modelId: 'google/gemma-2-9b-it',
        modelRevision: COMMIT,
        servedName: 'chat',
        port: 9000,
        basePath: '/v1',
        protocol: 'openai',
      },
    ],
    [
      'llama.cpp with a pinned file of the hub',
      {
        image: 'ghcr.io/ggml-org/llama.cpp:server-b11312',
        args: [
          '--model-url',
          `https://huggingface.co/acme/x-GGUF/resolve/${COMMIT}/x.gguf`,
          '--alias',
          'x',
        ],
      },
      {
        runtime: 'llama-cpp',
        version: 'server-b11312',
        modelId: 'acme/x-GGUF',
        modelRevision: COMMIT,
        servedName: 'x',
        port: 8080,
      },
    ],
    [
      'NIM by its image, from a mirror, too',
      { image: 'registry.corp:5000/nim/meta/llama-3.1-8b-instruct:2.0.13' },
      {
        runtime: 'nim',
        version: '2.0.13',
        servedName: 'meta/llama-3.1-8b-instruct',
        port: 8000,
        basePath: '/v1',
      },
    ],
    [
      "KServe's Hugging Face server",
      {
        image: 'kserve/huggingfaceserver:v0.20.0-gpu',
        args: [
          '--model_name=chat',
          '--model_id=google/gemma-2-9b-it',
          `--model_revision=${COMMIT}`,
        ],
      },
      {
        runtime: 'kserve',
        modelId: 'google/gemma-2-9b-it',
        modelRevision: COMMIT,
        servedName: 'chat',
        port: 8080,
        basePath: '/openai/v1',
      },
    ],
    [
      'vLLM image with a positional model',
      {
        image: 'registry.corp:5000/mirror/vllm-openai-rocm:v0.30.1@sha256:ab',
        args: ['meta-llama/Llama-3.1-8B-Instruct', '--max-model-len', '8192'],
      },
      {
        runtime: 'vllm',
        version: 'v0.30.1',
        modelId: 'meta-llama/Llama-3.1-8B-Instruct',
        servedName: 'meta-llama/Llama-3.1-8B-Instruct',
        port: 8000,
        basePath: '/v1',
        protocol: 'openai',
      },
    ],
    [
      'vLLM in a shell script',
      {
        image: 'corp/llm:7',
        command: ['/bin/sh', '-c'],
        args: ["exec vllm serve 'google/gemma-2-2b-it' \\\n --port 8001"],
      },
      { runtime: 'vllm', modelId: 'google/gemma-2-2b-it', port: 8001 },
    ],
    [
      'vLLM by its older module',
      {
        image: 'corp/llm:7',
        command: ['python3', '-m', 'vllm.entrypoints.openai.api_server'],
        args: ['--model', '/models/mistral'],
      },
      { runtime: 'vllm', servedName: '/models/mistral' },
    ],
    [
      'TGI with flags',
      {
        image: 'ghcr.io/huggingface/text-generation-inference:3.3.7',
        args: ['--model-id', 'google/gemma-2-9b-it', '--port', '8080'],
      },
      {
        runtime: 'tgi',
        version: '3.3.7',
        modelId: 'google/gemma-2-9b-it',
        port: 8080,
      },
    ],
    [
      'TGI with environment variables',
      {
        image: 'ghcr.io/huggingface/text-generation-inference:3.3.7-rocm',
        env: [
          { name: 'MODEL_ID', value: 'google/gemma-2-9b-it' },
          { name: 'REVISION', value: COMMIT },
          { name: 'PORT', value: '8081' },
        ],
      },
      {
        runtime: 'tgi',
        modelId: 'google/gemma-2-9b-it',
        modelRevision: COMMIT,
        port: 8081,
      },
    ],
    [
      'TEI',
      {
        image: 'ghcr.io/huggingface/text-embeddings-inference:89-1.9',
        args: ['--model-id', 'BAAI/bge-m3'],
      },
      { runtime: 'tei', modelId: 'BAAI/bge-m3', port: 80, basePath: '/v1' },
    ],
    [
      'Triton with the vLLM backend',
      { image: 'nvcr.io/nvidia/tritonserver:26.07-vllm-python-py3' },
      { runtime: 'triton', port: 8000, protocol: 'other', basePath: '' },
    ],
    [
      'Triton with its OpenAI front end',
      {
        image: 'nvcr.io/nvidia/tritonserver:26.07-vllm-python-py3',
        args: ['python3', '/opt/openai_frontend/main.py'],
      },
      { runtime: 'triton', port: 9000, protocol: 'openai', basePath: '/v1' },
    ],
    [
      'SGLang',
      {
        image: 'lmsysorg/sglang:v0.5.23',
        command: ['python3', '-m', 'sglang.launch_server'],
        args: ['--model-path', 'Qwen/Qwen3-8B', '--port', '30001'],
      },
      {
        runtime: 'sglang',
        modelId: 'Qwen/Qwen3-8B',
        servedName: 'Qwen/Qwen3-8B',
        port: 30_001,
      },
    ],
    [
      'llama.cpp',
      {
        image: 'ghcr.io/ggml-org/llama.cpp:server-cuda',
        args: ['-hf', 'ggml-org/gemma-3-4b-it-GGUF:Q4_K_M', '-a', 'gemma'],
      },
      {
        runtime: 'llama-cpp',
        modelId: 'ggml-org/gemma-3-4b-it-GGUF',
        servedName: 'gemma',
        port: 8080,
      },
    ],
    [
      'Ollama',
      { image: 'ollama/ollama:0.13.0' },
      { runtime: 'ollama', port: 11_434, protocol: 'openai' },
    ],
  ])('knows %s', (_, container, fact) => {
    expect(recognise(container)).toMatchObject(fact);
  });

  it.each<[string, RawContainer]>([
    ['a web server', { image: 'nginx:1.29' }],
    ['a client of vLLM', { image: 'corp/app', args: ['--engine', 'vllm'] }],
    ['a proxy beside it', { image: 'corp/vllm-router-ui/app:1' }],
    ['nothing', {}],
  ])('takes %s for no model server', (_, container) => {
    expect(recognise(container)).toBeUndefined();
  });

  it('lets our annotations say which model lies in a volume', () => {
    expect(
      recognise(
        { image: 'vllm/vllm-openai:v0.33.0', args: ['--model', '/models/m'] },
        {
          annotations: {
            'promptside.io/model': 'google/gemma-2-9b-it',
            'promptside.io/model-revision': COMMIT,
          },
        },
      ),
    ).toMatchObject({
      modelId: 'google/gemma-2-9b-it',
      modelRevision: COMMIT,
      servedName: '/models/m',
    });
  });

  it('believes a label about a runtime it cannot see', () => {
    expect(
      recognise(
        { image: 'corp/x:1', ports: [{ containerPort: 9999 }] },
        { labels: { 'promptside.io/serving-runtime': 'nim' } },
      ),
    ).toEqual({
      runtime: 'nim',
      port: 9999,
      basePath: '',
      protocol: 'other',
    });
  });

  it('calls the runtime unknown when only the purpose is told', () => {
    expect(
      recognise(
        { image: 'corp/x:1' },
        { labels: { 'promptside.io/purpose': 'embedding' } },
      ),
    ).toEqual({ runtime: 'unknown', basePath: '', protocol: 'other' });
  });

  it('reads no environment variable but the allow-listed, and no value of another shape', () => {
    const fact = recognise({
      image: 'ghcr.io/huggingface/text-generation-inference:3.3.7',
      env: [
        { name: 'HF_TOKEN', value: 'org/must_not_be_kept' },
        { name: 'MODEL_ID', value: 'must not be kept' },
        { name: 'REVISION', value: 'must_not_be_kept' },
        { name: 'PORT', value: 'must_not_be_kept' },
      ],
    });
    expect(JSON.stringify(fact)).not.toContain('must');
  });

  it('never throws on any words', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.array(
          fc.oneof(fc.string(), fc.constantFrom('--model', 'vllm', 'serve')),
        ),
        (image, args) => {
          const port = recognise({ image: `vllm:${image}`, args })?.port;
          expect(port === undefined || (port > 0 && port < 65_536)).toBe(true);
        },
      ),
    );
  });
});

describe('command lines', () => {
  it.each([
    [['--model', 'a/b'], 'a/b'],
    [['--model="a/b"'], 'a/b'],
    [['--model', '--port'], undefined],
    [['--model'], undefined],
    [['--models', 'x'], undefined],
  ])('finds a flag in %j', (words, value) => {
    expect(flagValue(words, '--model')).toBe(value);
  });

  it.each([
    [['vllm', 'serve', 'a/b'], 'a/b'],
    [['/usr/bin/vllm', 'serve', 'a/b'], 'a/b'],
    [['vllm', 'serve', '--model', 'a/b'], undefined],
    [['vllm', 'bench'], undefined],
    [['vllm', 'serve'], undefined],
  ])('finds a positional word in %j', (words, value) => {
    expect(wordAfter(words, 'vllm', 'serve')).toBe(value);
  });

  it.each(['0', '70000', 'http', '8o80'])('refuses the port %s', text => {
    const view = viewOf({ containers: [{ args: ['--port', text] }] });
    expect(portOf(view.containers[0], 8000, '--port')).toBe(8000);
  });
});
