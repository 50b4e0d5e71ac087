import { h100Node, pod, service } from '../testing/objects';
import { observe } from '../testing/observe';
import { deriveModelServers } from './deriveModelServers';
import { deriveModelServerTarget } from './deriveModelServerTarget';

const metadata = { name: 'chat', namespace: 'team-a' };
const only = (...[objects, options]: Parameters<typeof observe>) => {
  const state = observe([h100Node('gpu-1'), ...objects], options);
  const { items } = deriveModelServers([state], {});
  expect(items).toHaveLength(1);
  const target = deriveModelServerTarget([state], {
    cluster: 'test',
    ...metadata,
  });
  return { item: items[0], target };
};

describe('an LLMInferenceService', () => {
  const object = (status?: Record<string, unknown>) => ({
    kind: 'LLMInferenceService',
    metadata,
    spec: {
      model: { uri: 'hf://google/gemma-2-9b-it' },
      template: {
        containers: [
          { name: 'main', resources: { limits: { 'nvidia.com/gpu': '1' } } },
        ],
      },
    },
    status,
  });

  it('is one server with its Deployment, behind TLS where its Service says so', () => {
    const { item, target } = only([object()], { operators: true });
    expect(item).toMatchObject({
      kind: 'LLMInferenceService',
      name: 'chat',
      runtime: 'kserve',
      state: 'Ready',
      model: { id: 'google/gemma-2-9b-it', servedName: 'chat' },
      replicas: { desired: 1, ready: 1 },
      endpoint: {
        url: 'https://chat-kserve-workload-svc.team-a.svc:8000/v1',
        protocol: 'openai',
      },
      gpus: [{ resource: 'nvidia.com/gpu', perReplicaCount: 1 }],
    });
    expect(target).toMatchObject({
      service: { name: 'https:chat-kserve-workload-svc', port: 8000 },
      basePath: '/v1',
      modelName: 'chat',
      metrics: { port: 8000, path: '/metrics' },
    });
  });

  it('is stopped when its workload was', () => {
    const conditions = [{ type: 'Ready', status: 'False', reason: 'Stopped' }];
    expect(only([object({ conditions })]).item).toMatchObject({
      state: 'Stopped',
      reason: 'Stopped',
    });
  });

  it('waits for what its condition says where there are no pods', () => {
    const conditions = [
      {
        type: 'Ready',
        status: 'False',
        reason: 'RefsInvalid',
        message: 'Gateway ai/public was not found',
      },
    ];
    expect(only([object({ conditions })]).item).toMatchObject({
      state: 'Starting',
      reason: 'RefsInvalid',
      message: 'Gateway ai/public was not found',
    });
  });
});

describe('a KAITO Workspace', () => {
  const object = (status?: Record<string, unknown>) => ({
    kind: 'Workspace',
    metadata,
    resource: { labelSelector: { matchLabels: { pool: 'gpu' } } },
    inference: { preset: { name: 'phi-4' } },
    status,
  });

  it('is one server with its StatefulSet, and has its devices and door', () => {
    const { item, target } = only([object()], { operators: true });
    expect(item).toMatchObject({
      kind: 'Workspace',
      name: 'chat',
      runtime: 'kaito',
      state: 'Ready',
      model: { id: 'microsoft/phi-4', servedName: 'phi-4' },
      endpoint: { url: 'http://chat.team-a.svc:80/v1', protocol: 'openai' },
      gpus: [{ resource: 'nvidia.com/gpu', perReplicaCount: 1 }],
    });
    expect(target).toMatchObject({
      service: { name: 'chat', port: 80 },
      readyPods: [{ name: 'chat-0' }],
      metrics: { port: 5000, path: '/metrics' },
    });
  });

  it('does not start while its pod finds no node, in the words of the scheduler', () => {
    expect(
      only([object()], { operators: true, pods: 'Unscheduled' }).item,
    ).toMatchObject({ state: 'Failed', reason: 'Unschedulable' });
  });

  it.each([
    [
      'waits for nodes first',
      {
        conditions: [
          { type: 'InferenceReady', status: 'False', reason: 'Pending' },
          {
            type: 'NodesReady',
            status: 'False',
            reason: 'NodeNotReady',
            message: 'Not enough Nodes are ready',
          },
        ],
      },
      {
        state: 'Starting',
        stage: 'Accepted',
        reason: 'NodeNotReady',
        message: 'Not enough Nodes are ready',
      },
    ],
    [
      'has failed when KAITO says so',
      {
        state: 'Failed',
        conditions: [
          { type: 'WorkspaceSucceeded', status: 'False', reason: 'failed' },
        ],
      },
      { state: 'Failed', reason: 'failed' },
    ],
    [
      'has failed even without a condition',
      { state: 'Failed' },
      { state: 'Failed', reason: 'Failed' },
    ],
    ['is unknown before KAITO has spoken', {}, { state: 'Unknown' }],
    [
      'is starting when nothing is said against it',
      { conditions: [{ type: 'ResourceReady', status: 'True' }] },
      { state: 'Starting' },
    ],
  ])('%s', (_, status, expected) => {
    expect(only([object(status)]).item).toMatchObject(expected);
  });
});

describe('a KubeAI Model', () => {
  const object = (replicas: number) => ({
    kind: 'Model',
    metadata: { ...metadata, uid: 'm' },
    spec: { url: 'hf://Qwen/Qwen2.5-7B-Instruct', engine: 'VLLM', replicas },
  });
  const ownPod = pod('model-chat-x', {
    node: 'gpu-1',
    asks: { 'nvidia.com/gpu': 1 },
    owner: { kind: 'Model', name: 'chat', uid: 'm' },
    image: 'vllm/vllm-openai:v0.10.2',
  });
  const proxy = service('kubeai', 80, {
    selector: {
      'app.kubernetes.io/name': 'kubeai',
      'app.kubernetes.io/instance': 'kubeai',
    },
    ports: [{ name: 'http', port: 80, targetPort: 'http' }],
  });
  const front = {
    ...proxy,
    metadata: { ...proxy.metadata, uid: 'Service:kubeai' },
  };

  it('is ready with its pods, reached by the proxy and measured at the pods', () => {
    const { item, target } = only([object(1), ownPod, front]);
    expect(item).toMatchObject({
      kind: 'Model',
      runtime: 'kubeai',
      state: 'Ready',
      model: { id: 'Qwen/Qwen2.5-7B-Instruct', servedName: 'chat' },
      endpoint: {
        url: 'http://kubeai.team-a.svc:80/openai/v1',
        protocol: 'openai',
      },
      gpus: [{ resource: 'nvidia.com/gpu', perReplicaCount: 1 }],
      replicas: { desired: 1, ready: 1 },
    });
    expect(target).toMatchObject({
      service: { name: 'kubeai', port: 80 },
      basePath: '/openai/v1',
      modelName: 'chat',
      readyPods: [{ name: 'model-chat-x' }],
      metrics: { port: 8000, path: '/metrics' },
    });
  });

  it('has no endpoint where the proxy is not seen', () => {
    const { item } = only([object(1), ownPod]);
    expect(item).not.toHaveProperty('endpoint');
  });

  it('is stopped at zero until somebody asks', () => {
    expect(only([object(0), front]).item).toMatchObject({
      state: 'Stopped',
      reason: 'ScaledToZero',
      message: 'Scaled to zero; a request through KubeAI starts it',
    });
  });

  it('says that it has no pods, for nobody else does', () => {
    expect(only([object(1)]).item).toMatchObject({
      state: 'Starting',
      reason: 'NoPods',
    });
  });
});
