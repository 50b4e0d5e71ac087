import { h100Node, pod } from '../testing/objects';
import { observe } from '../testing/observe';
import { deriveModelServers } from './deriveModelServers';

const UID = 'InferenceService:team-a:chat';

function only(
  status: Record<string, unknown> | undefined,
  options: { minReplicas?: number; pods?: unknown[] } = {},
) {
  const state = observe([
    h100Node('gpu-1'),
    {
      kind: 'InferenceService',
      metadata: { name: 'chat', namespace: 'team-a' },
      spec: {
        predictor: {
          minReplicas: options.minReplicas,
          model: {
            modelFormat: { name: 'huggingface' },
            storageUri: 'hf://google/gemma-2-9b-it',
            resources: { limits: { 'nvidia.com/gpu': '1' } },
          },
        },
      },
      status,
    },
    {
      kind: 'Deployment',
      metadata: {
        name: 'chat-predictor',
        namespace: 'team-a',
        uid: 'predictor',
        ownerReferences: [
          {
            kind: 'InferenceService',
            name: 'chat',
            uid: UID,
            controller: true,
          },
        ],
      },
      spec: {
        replicas: 0,
        template: {
          spec: { containers: [{ name: 'x', image: 'vllm/vllm-openai:v1' }] },
        },
      },
    },
    ...(options.pods ?? []),
  ]);
  const { items } = deriveModelServers([state], {});
  expect(items).toHaveLength(1);
  return items[0];
}

const condition = (type: string, status: string, reason?: string) => ({
  type,
  status,
  reason,
});
const predictorPod = (status?: Record<string, unknown>) =>
  pod('chat-0', {
    node: 'gpu-1',
    asks: { 'nvidia.com/gpu': 1 },
    owner: { kind: 'Deployment', name: 'chat-predictor', uid: 'predictor' },
    ...(status ? { status } : {}),
  });
const READY = { conditions: [condition('Ready', 'True')] };

describe('an InferenceService', () => {
  it('is one server with its Deployment, ready with its pods', () => {
    expect(
      only(
        { ...READY, address: { url: 'http://chat-predictor.team-a/' } },
        { pods: [predictorPod()] },
      ),
    ).toMatchObject({
      kind: 'InferenceService',
      name: 'chat',
      runtime: 'kserve',
      state: 'Ready',
      model: { id: 'google/gemma-2-9b-it', servedName: 'chat' },
      endpoint: {
        url: 'http://chat-predictor.team-a/openai/v1',
        protocol: 'openai',
      },
      gpus: [{ resource: 'nvidia.com/gpu', perReplicaCount: 1 }],
      replicas: { desired: 1, ready: 1 },
    });
  });

  it.each<[string, Parameters<typeof only>, object]>([
    [
      'is not ready while its pod crashes, whatever KServe says',
      [
        READY,
        {
          pods: [
            predictorPod({
              phase: 'Running',
              containerStatuses: [
                {
                  name: 'main',
                  restartCount: 3,
                  state: { waiting: { reason: 'CrashLoopBackOff' } },
                },
              ],
            }),
          ],
        },
      ],
      { state: 'Failed', reason: 'CrashLoopBackOff' },
    ],
    [
      'is starting while KServe does not call it ready',
      [
        {
          conditions: [condition('Ready', 'False', 'IngressNotReady')],
        },
        { pods: [predictorPod()] },
      ],
      { state: 'Starting', reason: 'IngressNotReady' },
    ],
    [
      'is starting with pods and no condition',
      [{}, { pods: [predictorPod()] }],
      { state: 'Starting', reason: 'NotReady' },
    ],
    [
      'has failed for good when its model does not load',
      [
        {
          modelStatus: {
            transitionStatus: 'BlockedByFailedLoad',
            lastFailureInfo: { reason: 'ModelLoadFailed', message: 'no space' },
          },
        },
      ],
      { state: 'Failed', reason: 'ModelLoadFailed', message: 'no space' },
    ],
    [
      'is degraded while an older model serves on',
      [
        { modelStatus: { transitionStatus: 'InvalidSpec' } },
        { pods: [predictorPod()] },
      ],
      { state: 'Degraded', reason: 'InvalidSpec' },
    ],
    [
      'is stopped when told to',
      [{ conditions: [condition('Stopped', 'True', 'Stopped')] }],
      { state: 'Stopped', reason: 'Stopped' },
    ],
    [
      'is stopped at zero replicas',
      [READY, { minReplicas: 0 }],
      { state: 'Stopped', reason: 'ScaledToZero' },
    ],
    [
      'is ready by its word where its pods cannot be told',
      [READY],
      { state: 'Ready', replicas: { desired: 1, ready: 1 } },
    ],
    [
      'is starting by its word where its pods cannot be told',
      [{ conditions: [condition('Ready', 'False', 'PredictorNotReady')] }],
      { state: 'Starting', stage: 'Accepted', reason: 'PredictorNotReady' },
    ],
    [
      'is ready whatever generation its Deployment counts',
      [{ ...READY, observedGeneration: 0 }],
      { state: 'Ready' },
    ],
    ['is unknown before KServe has spoken', [undefined], { state: 'Unknown' }],
  ])('%s', (_, input, expected) => {
    expect(only(...input)).toMatchObject(expected);
  });
});
