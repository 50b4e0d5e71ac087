import { deployment, h100Node, service } from '../testing/objects';
import { observe } from '../testing/observe';
import { ready, server, starting } from '../testing/server';
import type { ClusterState } from '../state/ClusterState';
import { deriveModelServerTarget } from './deriveModelServerTarget';

const REF = { cluster: 'test', namespace: 'team-a', name: 'chat' };
const target = (state: ClusterState) => deriveModelServerTarget([state], REF);

/** As `server` takes it: with a uid of its own. */
function door(name: string, port: number, more?: Record<string, unknown>) {
  const object = service(name, port, more);
  return {
    ...object,
    metadata: { ...object.metadata, uid: `Service:${name}` },
  };
}

describe('deriveModelServerTarget', () => {
  it('leads to the Service, the model and the ready pods of a Deployment', () => {
    const state = server([ready, starting, ready], {}, [
      door('front', 80, {
        selector: { app: 'chat' },
        ports: [{ port: 80, targetPort: 'http' }],
      }),
    ]);
    expect(target(state)).toMatchObject({
      uid: 'Deployment:team-a:chat',
      namespace: 'team-a',
      service: { name: 'front', port: 80 },
      basePath: '/v1',
      protocol: 'openai',
      modelName: 'google/gemma-2-9b-it',
      readyPods: [{ name: 'chat-0' }, { name: 'chat-2' }],
      metrics: { port: 8000, path: '/metrics' },
    });
  });

  it('names the port of a headless Service as its object does', () => {
    const state = server([ready], {}, [
      door('chat', 80, {
        clusterIP: 'None',
        ports: [{ port: 80, targetPort: 8000 }],
      }),
    ]);
    expect(target(state)?.service).toEqual({ name: 'chat', port: 80 });
  });

  it('has no Service where none selects the pods', () => {
    const state = server([ready], {}, [door('other', 80)]);
    expect(target(state)).toBeDefined();
    expect(target(state)).not.toHaveProperty('service');
  });

  it.each([
    ['a port of that name', [{ name: 'metrics', containerPort: 9400 }], 9400],
    ['the port of the API', [{ name: 'web', containerPort: 9100 }], 8001],
  ])('finds metrics on %s', (_, ports, port) => {
    const state = server([ready], {
      ports,
      args: ['--model', 'a/b', '--port', '8001'],
    });
    expect(target(state)?.metrics?.port).toBe(port);
  });

  it('finds the metrics of Triton beside its own protocol', () => {
    const state = server([ready], {
      image: 'nvcr.io/nvidia/tritonserver:25.01-py3',
      args: ['tritonserver'],
    });
    expect(target(state)).toMatchObject({
      protocol: 'other',
      metrics: { port: 8002 },
    });
  });

  it('knows no metrics of a runtime that it cannot read', () => {
    const state = server([ready], { image: 'ollama/ollama:0.6.0', args: [] });
    expect(target(state)).not.toHaveProperty('metrics');
  });

  it('reaches an InferenceService through the Service of its predictor', () => {
    const predictor = deployment('chat-predictor');
    const state = observe([
      h100Node('gpu-1'),
      {
        kind: 'InferenceService',
        metadata: { name: 'chat', namespace: 'team-a' },
        spec: {
          predictor: {
            model: {
              modelFormat: { name: 'huggingface' },
              storageUri: 'hf://google/gemma-2-9b-it',
            },
          },
        },
        status: { url: 'http://chat-team-a.example.com' },
      },
      {
        ...predictor,
        metadata: {
          ...predictor.metadata,
          ownerReferences: [
            {
              kind: 'InferenceService',
              name: 'chat',
              uid: 'InferenceService:team-a:chat',
              controller: true,
            },
          ],
        },
      },
      service('chat-predictor', 80, {
        ports: [{ port: 80, targetPort: 8000 }],
      }),
    ]);
    expect(target(state)).toMatchObject({
      uid: 'InferenceService:team-a:chat',
      service: { name: 'chat-predictor', port: 80 },
      readyPods: [expect.anything()],
      metrics: { port: 8000, path: '/metrics' },
    });
  });

  it.each([
    { ...REF, cluster: 'other' },
    { ...REF, namespace: 'team-b' },
    { ...REF, name: 'front' },
  ])('is not invented for %j', ref => {
    const state = server([ready], {}, [door('front', 80)]);
    expect(deriveModelServerTarget([state], ref)).toBeUndefined();
  });
});
