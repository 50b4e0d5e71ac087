import { modelOfPreset } from '../servingRuntimes/kaito/presets';
import { projectKaitoWorkspace } from './projectKaitoWorkspace';
import { projectKubeAiModel } from './projectKubeAiModel';
import { projectLlmInferenceService } from './projectLlmInferenceService';

const metadata = {
  uid: 'u',
  name: 'chat',
  namespace: 'team-a',
  generation: 3,
  creationTimestamp: '2026-11-01T08:00:00Z',
};
const REVISION = 'a'.repeat(40);

it.each([
  projectKaitoWorkspace,
  projectKubeAiModel,
  projectLlmInferenceService,
])('%p leaves no fact of an object without identity', project => {
  expect(project({})).toBeUndefined();
  expect(project(null)).toBeUndefined();
  expect(project({ metadata })?.name).toBe('chat');
});

describe('a KAITO Workspace', () => {
  it('tells preset, model, door and conditions', () => {
    expect(
      projectKaitoWorkspace({
        metadata,
        resource: { labelSelector: {} },
        inference: { preset: { name: 'phi-4-mini-instruct' } },
        status: {
          state: 'NotReady',
          targetNodeCount: 2,
          conditions: [
            { type: 'NodesReady', status: 'False', reason: 'NodeNotReady' },
          ],
        },
      }),
    ).toEqual({
      resource: 'kaitoworkspaces',
      kind: 'Workspace',
      uid: 'u',
      name: 'chat',
      namespace: 'team-a',
      createdAt: '2026-11-01T08:00:00Z',
      serving: {
        runtime: 'kaito',
        engine: 'vllm',
        modelId: 'microsoft/Phi-4-mini-instruct',
        servedName: 'phi-4-mini-instruct',
        port: 5000,
        basePath: '/v1',
        protocol: 'openai',
      },
      rollout: {
        generation: 3,
        desired: 2,
        ready: 0,
        updated: 0,
        conditions: [
          { type: 'NodesReady', status: 'False', reason: 'NodeNotReady' },
        ],
      },
      podLabels: {
        'kaito.sh/workspace': 'chat',
        'statefulset.kubernetes.io/pod-name': 'chat-0',
      },
      namedPorts: { http: 5000 },
      custom: { phase: 'NotReady' },
    });
  });

  it('that tunes serves nothing', () => {
    const fact = projectKaitoWorkspace({ metadata, tuning: {} });
    expect(fact).toMatchObject({ kind: 'Workspace' });
    expect(fact).not.toHaveProperty('serving');
  });

  it('with a pod template of its own tells what runs in it', () => {
    const fact = projectKaitoWorkspace({
      metadata,
      inference: {
        template: {
          spec: {
            containers: [
              {
                name: 'engine',
                image: 'lmsysorg/sglang:v0.5.6',
                args: [
                  'python3',
                  '-m',
                  'sglang.launch_server',
                  '--model-path=Qwen/Qwen2.5-7B-Instruct',
                  `--revision=${REVISION}`,
                ],
                resources: { limits: { 'nvidia.com/gpu': '2' } },
              },
            ],
          },
        },
      },
    });
    expect(fact).toMatchObject({
      asks: [{ resource: 'nvidia.com/gpu', count: 2 }],
      serving: {
        runtime: 'kaito',
        engine: 'sglang',
        version: 'v0.5.6',
        modelId: 'Qwen/Qwen2.5-7B-Instruct',
        modelRevision: REVISION,
      },
    });
  });

  it('believes what its annotations claim, and knows no engine of the Transformers runtime', () => {
    const fact = projectKaitoWorkspace({
      metadata: {
        ...metadata,
        annotations: {
          'promptside.io/model': 'acme/own-7b',
          'promptside.io/model-revision': REVISION,
          'promptside.io/served-model': 'own',
          'kaito.sh/runtime': 'transformers',
        },
      },
      inference: { preset: { name: 'phi-4' } },
    });
    expect(fact?.serving).toMatchObject({
      modelId: 'acme/own-7b',
      modelRevision: REVISION,
      servedName: 'own',
    });
    expect(fact?.serving).not.toHaveProperty('engine');
  });
});

describe('modelOfPreset', () => {
  it.each([
    ['llama-3.1-8b-instruct', 'meta-llama/Llama-3.1-8B-Instruct'],
    ['Phi-4', 'microsoft/phi-4'],
    ['Qwen/Qwen3-8B', 'Qwen/Qwen3-8B'],
    ['nobody-knows', undefined],
    [undefined, undefined],
  ])('%s is %s', (name, id) => {
    expect(modelOfPreset(name)).toBe(id);
  });
});

describe('a KubeAI Model', () => {
  it('tells model, engine, replicas and the proxy before it', () => {
    expect(
      projectKubeAiModel({
        metadata,
        spec: {
          url: 'hf://Qwen/Qwen2.5-7B-Instruct',
          engine: 'VLLM',
          image: 'registry.example:5000/vllm/vllm-openai:v0.10.2',
          minReplicas: 1,
          replicas: 2,
        },
        status: { replicas: { all: 2, ready: 1 } },
      }),
    ).toEqual({
      resource: 'kubeaimodels',
      kind: 'Model',
      uid: 'u',
      name: 'chat',
      namespace: 'team-a',
      createdAt: '2026-11-01T08:00:00Z',
      serving: {
        runtime: 'kubeai',
        engine: 'vllm',
        port: 8000,
        version: 'v0.10.2',
        modelId: 'Qwen/Qwen2.5-7B-Instruct',
        servedName: 'chat',
        basePath: '/openai/v1',
        protocol: 'openai',
      },
      rollout: {
        generation: 3,
        desired: 2,
        ready: 1,
        updated: 0,
        conditions: [],
      },
      podLabels: { app: 'model', model: 'chat' },
      proxy: { label: 'app.kubernetes.io/name', value: 'kubeai' },
    });
  });

  it.each([
    ['an address that names no model', { url: 'ollama://gemma2:2b' }, {}],
    [
      'parameters behind the address',
      { url: 'hf://acme/tiny-1b?pull=true' },
      { modelId: 'acme/tiny-1b' },
    ],
    ['an engine that is not known here', { engine: 'Infinity' }, {}],
  ])('with %s', (_, spec, expected) => {
    const serving = projectKubeAiModel({ metadata, spec })?.serving;
    expect(serving).toEqual({
      runtime: 'kubeai',
      servedName: 'chat',
      basePath: '/openai/v1',
      protocol: 'openai',
      ...expected,
    });
  });

  it('wants no replica until somebody says so', () => {
    const desired = (spec: object) =>
      projectKubeAiModel({ metadata, spec })?.rollout?.desired;
    expect(desired({})).toBe(0);
    expect(desired({ minReplicas: 1 })).toBe(1);
  });
});

describe('an LLMInferenceService', () => {
  it('tells model, devices, address and conditions', () => {
    expect(
      projectLlmInferenceService({
        metadata,
        spec: {
          model: { uri: `hf://acme/big-70b:${REVISION}`, name: 'big' },
          replicas: 2,
          template: {
            containers: [
              {
                name: 'main',
                image: 'ghcr.io/llm-d/llm-d-cuda:v0.9.0',
                resources: { limits: { 'nvidia.com/gpu': '4' } },
              },
            ],
          },
        },
        status: {
          observedGeneration: 3,
          url: 'https://gateway.example/team-a/chat',
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      }),
    ).toMatchObject({
      resource: 'llminferenceservices',
      kind: 'LLMInferenceService',
      asks: [{ resource: 'nvidia.com/gpu', count: 4 }],
      serving: {
        runtime: 'kserve',
        engine: 'vllm',
        version: 'v0.9.0',
        modelId: 'acme/big-70b',
        modelRevision: REVISION,
        servedName: 'big',
        port: 8000,
        basePath: '/v1',
      },
      rollout: { generation: 3, observedGeneration: 3, desired: 2 },
      custom: { url: 'https://gateway.example/team-a/chat' },
    });
  });

  it('answers under its own name and where its status says', () => {
    const fact = projectLlmInferenceService({
      metadata,
      spec: {
        model: { uri: 'pvc://weights/big' },
        scaling: { minReplicas: 0 },
      },
      status: { addresses: [{ url: 'http://10.0.0.1/team-a/chat' }] },
    });
    expect(fact?.serving).toMatchObject({ servedName: 'chat' });
    expect(fact?.serving).not.toHaveProperty('modelId');
    expect(fact?.rollout?.desired).toBe(0);
    expect(fact?.custom?.url).toBe('http://10.0.0.1/team-a/chat');
  });
});
