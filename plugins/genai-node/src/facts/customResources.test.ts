import { projectCluster } from './projectCluster';
import { projectInferenceService } from './projectInferenceService';
import { projectMilvus } from './projectMilvus';

const metadata = {
  uid: 'u',
  name: 'x',
  namespace: 'team-a',
  generation: 2,
  creationTimestamp: '2026-11-01T08:00:00Z',
};

describe('InferenceService', () => {
  it('tells model, devices and state', () => {
    const revision = 'a'.repeat(40);
    expect(
      projectInferenceService({
        metadata,
        spec: {
          predictor: {
            minReplicas: 2,
            model: {
              modelFormat: { name: 'huggingface' },
              storageUri: `hf://google/gemma-2-9b-it:${revision}`,
              args: ['--model_name=chat'],
              resources: { limits: { 'nvidia.com/gpu': '1' } },
            },
          },
        },
        status: {
          observedGeneration: 2,
          address: { url: 'http://x-predictor.team-a' },
          url: 'http://x.example.com',
          conditions: [{ type: 'Ready', status: 'True' }],
          modelStatus: {
            transitionStatus: 'BlockedByFailedLoad',
            lastFailureInfo: { reason: 'ModelLoadFailed', message: 'oom' },
          },
        },
      }),
    ).toEqual({
      resource: 'inferenceservices',
      kind: 'InferenceService',
      uid: 'u',
      name: 'x',
      namespace: 'team-a',
      createdAt: '2026-11-01T08:00:00Z',
      asks: [{ resource: 'nvidia.com/gpu', count: 1 }],
      serving: {
        runtime: 'kserve',
        modelId: 'google/gemma-2-9b-it',
        modelRevision: revision,
        servedName: 'chat',
        basePath: '/openai/v1',
        protocol: 'openai',
      },
      rollout: {
        generation: 2,
        desired: 2,
        ready: 0,
        updated: 0,
        conditions: [{ type: 'Ready', status: 'True' }],
      },
      custom: {
        phase: 'BlockedByFailedLoad',
        reason: 'ModelLoadFailed',
        message: 'oom',
        url: 'http://x-predictor.team-a',
      },
    });
  });

  it('does not take a path for a model id', () => {
    const fact = projectInferenceService({
      metadata,
      spec: {
        predictor: {
          model: { modelFormat: { name: 'sklearn' }, storageUri: 'pvc://a/b' },
        },
      },
    });
    expect(fact?.serving).toEqual({
      runtime: 'kserve',
      servedName: 'x',
      basePath: '',
      protocol: 'other',
    });
  });

  it('survives a service that has said nothing yet', () => {
    expect(projectInferenceService({ metadata })).toMatchObject({
      rollout: { desired: 1, conditions: [] },
      custom: {},
    });
  });
});

describe('CloudNativePG Cluster', () => {
  it.each([
    ['our label', { labels: { 'promptside.io/purpose': 'vector-store' } }, {}],
    ['its image', {}, { imageName: 'ghcr.io/x/pgvector:0.8.6-18-trixie' }],
    [
      'an extension image',
      {},
      { postgresql: { extensions: [{ name: 'pgvector' }] } },
    ],
    [
      'its bootstrap',
      {},
      {
        bootstrap: {
          initdb: {
            postInitApplicationSQL: [
              'CREATE EXTENSION IF NOT EXISTS "vector";',
            ],
          },
        },
      },
    ],
  ])('is a vector store by %s', (_, meta, spec) => {
    expect(
      projectCluster({ metadata: { ...metadata, ...meta }, spec })?.store
        ?.engine,
    ).toBe('pgvector');
  });

  it('is none of ours otherwise', () => {
    expect(
      projectCluster({
        metadata,
        spec: {
          imageName: 'ghcr.io/cloudnative-pg/postgresql:18.6',
          bootstrap: {
            initdb: { postInitSQL: ['CREATE EXTENSION vectorscale_other'] },
          },
        },
      }),
    ).toBeUndefined();
  });

  it('tells instances, storage with WAL, phase and address', () => {
    expect(
      projectCluster({
        metadata,
        spec: {
          instances: 3,
          imageName: 'ghcr.io/x/pgvector:0.8.6-18-trixie@sha256:abc',
          storage: { size: '10Gi' },
          walStorage: { size: '2Gi' },
        },
        status: {
          phase: 'Failing over',
          phaseReason: 'primary lost',
          readyInstances: 2,
          writeService: 'x-rw',
        },
      }),
    ).toMatchObject({
      store: {
        version: '0.8.6-18-trixie',
        persistence: 'Persistent',
        templateBytes: 12 * 2 ** 30,
      },
      rollout: { desired: 3, ready: 2 },
      custom: {
        phase: 'Failing over',
        message: 'primary lost',
        url: 'postgresql://x-rw.team-a.svc:5432',
      },
    });
  });
});

describe('Milvus', () => {
  it('adds the replicas of its components up', () => {
    expect(
      projectMilvus({
        metadata,
        status: {
          status: 'Healthy',
          endpoint: 'x-milvus.team-a:19530',
          currentVersion: '2.6.11',
          observedGeneration: 2,
          componentsDeployStatus: {
            proxy: { status: { replicas: 2, readyReplicas: 2 } },
            querynode: { status: { replicas: 3, readyReplicas: 1 } },
            datanode: {},
          },
        },
      }),
    ).toMatchObject({
      store: { engine: 'milvus', version: '2.6.11', persistence: 'Unknown' },
      rollout: { generation: 2, observedGeneration: 2, desired: 5, ready: 3 },
      custom: { phase: 'Healthy', url: 'http://x-milvus.team-a:19530' },
    });
  });

  it('survives a resource without status', () => {
    expect(projectMilvus({ metadata })).toMatchObject({
      rollout: { desired: 0, ready: 0 },
      custom: { url: 'http://x-milvus.team-a.svc:19530' },
    });
  });
});
