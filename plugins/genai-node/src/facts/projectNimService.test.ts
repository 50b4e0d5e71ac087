import { deriveModelServers } from '../derive';
import { h100Node } from '../testing/objects';
import { observe } from '../testing/observe';
import { projectNimService } from './projectNimService';

const service = (status?: object) => ({
  apiVersion: 'apps.nvidia.com/v1alpha1',
  kind: 'NIMService',
  metadata: {
    name: 'llama',
    namespace: 'team-a',
    uid: 'u1',
    annotations: { 'promptside.io/model': 'meta-llama/Llama-3.1-8B-Instruct' },
  },
  spec: {
    image: {
      repository: 'registry.example.com/nim/meta/llama-3.1-8b-instruct',
      tag: '2.0.13',
    },
    replicas: 2,
    resources: { limits: { 'nvidia.com/gpu': '1' } },
  },
  ...(status ? { status } : {}),
});

describe('projectNimService', () => {
  it('reads model, image, devices and replicas', () => {
    expect(projectNimService(service())).toMatchObject({
      resource: 'nimservices',
      kind: 'NIMService',
      asks: [{ resource: 'nvidia.com/gpu', count: 1 }],
      serving: {
        runtime: 'nim',
        version: '2.0.13',
        modelId: 'meta-llama/Llama-3.1-8B-Instruct',
        servedName: 'meta/llama-3.1-8b-instruct',
        protocol: 'openai',
      },
      rollout: { desired: 2, ready: 0 },
    });
  });

  it('takes the name that the operator found over that of the image', () => {
    const status = { state: 'Ready', model: { name: 'llama-tuned' } };
    expect(projectNimService(service(status))?.serving).toMatchObject({
      servedName: 'llama-tuned',
    });
  });

  it('survives an object with nothing in it', () => {
    expect(projectNimService({})).toBeUndefined();
    expect(
      projectNimService({
        metadata: { name: 'x', namespace: 'y', uid: 'z' },
      }),
    ).toMatchObject({ serving: { runtime: 'nim' }, rollout: { desired: 1 } });
  });
});

describe('a NIMService', () => {
  it('is one server with what its operator made, and has its endpoint', () => {
    const { items } = deriveModelServers(
      [observe([h100Node('gpu-1'), service()], { operators: true })],
      {},
    );
    expect(items).toEqual([
      expect.objectContaining({
        kind: 'NIMService',
        name: 'llama',
        state: 'Ready',
        replicas: { desired: 2, ready: 2 },
        endpoint: {
          url: 'http://llama.team-a.svc:8000/v1',
          protocol: 'openai',
        },
      }),
    ]);
  });

  it('has failed in the words of the operator when it made no pods', () => {
    const conditions = [
      {
        type: 'Failed',
        status: 'True',
        reason: 'PVCNotFound',
        message: 'PVC llama-cache not found',
      },
    ];
    const { items } = deriveModelServers(
      [observe([service({ state: 'Failed', conditions })])],
      {},
    );
    expect(items[0]).toMatchObject({
      state: 'Failed',
      reason: 'PVCNotFound',
      message: 'PVC llama-cache not found',
    });
  });
});
