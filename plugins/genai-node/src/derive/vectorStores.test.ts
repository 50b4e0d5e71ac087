import {
  vectorStoresResponseSchema,
  type VectorStore,
} from '@promptside/backstage-plugin-genai-common';
import { deployment, namespace, service } from '../testing/objects';
import { observe, type ObserveOptions } from '../testing/observe';
import { deriveVectorStores as derive } from './deriveVectorStores';
import { discoveredEntityRef } from './discoveredEntity';

const NOW = Date.parse('2026-11-02T08:00:00Z');

function deriveVectorStores(
  states: Parameters<typeof derive>[0],
  query: Parameters<typeof derive>[1],
) {
  return derive(states, query, { now: NOW });
}

function only(objects: unknown[], options?: ObserveOptions): VectorStore {
  const answer = deriveVectorStores([observe(objects, options)], {});
  expect(
    vectorStoresResponseSchema.safeParse({ ...answer, clusters: [] }).success,
  ).toBe(true);
  expect(answer.items).toHaveLength(1);
  return answer.items[0];
}

const chroma = (more: Parameters<typeof deployment>[1] = {}) =>
  deployment('chroma', {
    kind: 'StatefulSet',
    image: 'ghcr.io/chroma-core/chroma:1.5.3',
    args: [],
    ports: [{ name: 'http', containerPort: 8000 }],
    ...more,
  });

const claimTemplate = (size: string) => ({
  spec: { resources: { requests: { storage: size } } },
});

describe('a store in a StatefulSet or Deployment', () => {
  it('tells what it is', () => {
    expect(
      only([
        namespace('team-a', 'group:default/a'),
        chroma({
          volumeClaimTemplates: [claimTemplate('10Gi')],
          annotations: { 'promptside.io/entity-ref': 'resource:default/docs' },
          labels: { 'backstage.io/kubernetes-id': 'docs' },
        }),
        service('chroma', 8000),
      ]),
    ).toEqual({
      cluster: 'test',
      namespace: 'team-a',
      name: 'chroma',
      kind: 'StatefulSet',
      uid: 'StatefulSet:team-a:chroma',
      engine: 'chroma',
      version: '1.5.3',
      state: 'Healthy',
      evidence: [
        expect.objectContaining({ reason: 'MinimumReplicasAvailable' }),
      ],
      replicas: { desired: 1, ready: 1 },
      storageBytes: 10 * 2 ** 30,
      persistence: 'Persistent',
      backup: { state: 'Unknown' },
      indexState: 'Unknown',
      probe: { state: 'NotProbed', message: 'Probes are switched off' },
      // one instance only
      failedCheckCount: 1,
      endpoint: 'http://chroma.team-a.svc:8000',
      entityRef: 'resource:default/docs',
      kubernetesId: 'docs',
      owner: 'group:default/a',
    });
  });

  it('says that its data is lost with the pod', () => {
    const store = only([chroma({ kind: 'Deployment' })]);
    expect(store.persistence).toBe('Ephemeral');
    expect(store).not.toHaveProperty('storageBytes');
    expect(store).not.toHaveProperty('endpoint');
  });

  it('sums named claims, and knows no sum when one is not known', () => {
    const claim = (name: string) => ({
      kind: 'PersistentVolumeClaim',
      metadata: { name, namespace: 'team-a' },
      spec: { resources: { requests: { storage: '5Gi' } } },
    });
    const store = chroma({
      kind: 'Deployment',
      volumes: [
        { persistentVolumeClaim: { claimName: 'data' } },
        { persistentVolumeClaim: { claimName: 'more' } },
      ],
    });
    expect(only([store, claim('data'), claim('more')]).storageBytes).toBe(
      10 * 2 ** 30,
    );
    expect(only([store, claim('data')])).not.toHaveProperty('storageBytes');
  });

  it('answers for the entity of its name when nobody claims it', () => {
    const place = { cluster: 'test', namespace: 'team-a' };
    const store = { ...place, kind: 'StatefulSet', name: 'chroma' };
    const entityRef = discoveredEntityRef(store, 'resource');
    const found = (object: unknown, owner?: string) =>
      deriveVectorStores([observe([object])], { entityRef, owner }).items
        .length;
    expect(found(chroma())).toBe(1);
    expect(found(chroma(), 'group:default/nobody')).toBe(0);
    const annotations = { 'promptside.io/entity-ref': 'resource:default/mine' };
    expect(found(chroma({ annotations }))).toBe(0);
  });

  it('is down while no replica is ready, with the reason of the pod', () => {
    expect(only([chroma()], { pods: 'Unscheduled' })).toMatchObject({
      state: 'Down',
      reason: 'Unschedulable',
      replicas: { desired: 1, ready: 0 },
    });
  });

  it('is down when scaled to zero', () => {
    expect(only([chroma({ replicas: 0 })])).toMatchObject({
      state: 'Down',
      reason: 'ScaledToZero',
    });
  });

  it('is down on its way up, degraded while its controller lags', () => {
    const state = observe([chroma()]);
    for (const pod of [...state.pods()]) state.forget('pods', pod.uid);
    expect(deriveVectorStores([state], {}).items[0]).toMatchObject({
      state: 'Down',
      reason: 'Starting',
      message: 'No replica is ready yet (Accepted)',
    });
    expect(
      only([chroma({ generation: 2, status: { observedGeneration: 1 } })]),
    ).toMatchObject({ state: 'Degraded', reason: 'GenerationNotObserved' });
  });

  it('is Unknown without evidence', () => {
    const state = observe([chroma({ status: {} })]);
    state.drop('pods');
    expect(deriveVectorStores([state], {}).items[0].state).toBe('Unknown');
  });

  it('speaks PostgreSQL where it is PostgreSQL', () => {
    expect(
      only([
        deployment('pg', {
          image: 'pgvector/pgvector:0.8.6-pg18',
          args: [],
          ports: [{ containerPort: 5432 }],
        }),
        service('pg', 5432),
      ]).endpoint,
    ).toBe('postgresql://pg.team-a.svc:5432');
  });
});

describe('a CloudNativePG cluster', () => {
  const cluster = (
    status: Record<string, unknown> | undefined,
    instances = 3,
  ) => ({
    kind: 'Cluster',
    metadata: {
      name: 'vectors',
      namespace: 'team-a',
      labels: { 'promptside.io/purpose': 'vector-store' },
    },
    spec: { instances, storage: { size: '10Gi' }, walStorage: { size: '2Gi' } },
    status,
  });
  const HEALTHY = 'Cluster in healthy state';

  it('is healthy when word, numbers and condition agree', () => {
    expect(
      only([
        cluster({
          phase: HEALTHY,
          readyInstances: 3,
          conditions: [{ type: 'Ready', status: 'True' }],
        }),
      ]),
    ).toMatchObject({
      engine: 'pgvector',
      kind: 'Cluster',
      state: 'Healthy',
      persistence: 'Persistent',
      storageBytes: 36 * 2 ** 30,
      endpoint: 'postgresql://vectors-rw.team-a.svc:5432',
      replicas: { desired: 3, ready: 3 },
    });
  });

  it.each<[string, Record<string, unknown> | undefined, object]>([
    [
      'an instance is missing',
      { phase: HEALTHY, readyInstances: 2 },
      {
        state: 'Degraded',
        message: '2 of 3 instances are ready',
      },
    ],
    [
      'its condition disagrees',
      {
        phase: HEALTHY,
        readyInstances: 3,
        conditions: [
          { type: 'Ready', status: 'False', reason: 'ClusterIsNotReady' },
        ],
      },
      { state: 'Degraded', reason: 'ClusterIsNotReady' },
    ],
    [
      'it fails over',
      { phase: 'Failing over', phaseReason: 'primary lost', readyInstances: 2 },
      { state: 'Degraded', message: 'Failing over: primary lost' },
    ],
    [
      'it fails over with nobody left',
      { phase: 'Failing over' },
      { state: 'Down' },
    ],
    [
      'the word is not known',
      { phase: 'Reticulating splines', readyInstances: 3 },
      {
        state: 'Unknown',
        message:
          'The operator reports "Reticulating splines", which is not known here',
      },
    ],
    ['nothing is said', undefined, { state: 'Unknown', evidence: [] }],
  ])('%s', (_, status, expected) => {
    expect(only([cluster(status)])).toMatchObject(expected);
  });

  it('does not call an instance count that is wrong in the word of error healthy', () => {
    expect(
      only([
        cluster({
          phase: 'Cluster is unrecoverable and needs manual intervention',
          readyInstances: 3,
        }),
      ]).state,
    ).toBe('Degraded');
  });
});

describe('Milvus', () => {
  const milvus = (status: Record<string, unknown>, generation = 1) => ({
    kind: 'Milvus',
    metadata: { name: 'rag', namespace: 'team-a', generation },
    status: {
      componentsDeployStatus: {
        standalone: { status: { replicas: 1, readyReplicas: 1 } },
      },
      ...status,
    },
  });
  const failing = {
    type: 'EtcdReady',
    status: 'False',
    reason: 'EtcdNotReady',
    message: 'etcd has no leader',
  };

  it.each<[string, unknown, object]>([
    [
      'says it is healthy',
      milvus({ status: 'Healthy', observedGeneration: 1 }),
      { state: 'Healthy', replicas: { desired: 1, ready: 1 } },
    ],
    [
      'says it is healthy while a dependency is not',
      milvus({ status: 'Healthy', conditions: [failing] }),
      {
        state: 'Degraded',
        reason: 'EtcdNotReady',
        message: 'etcd has no leader',
      },
    ],
    [
      'says so of an older generation',
      milvus({ status: 'Healthy', observedGeneration: 1 }, 2),
      { state: 'Degraded', reason: 'GenerationNotObserved' },
    ],
    [
      'is unhealthy',
      milvus({ status: 'Unhealthy', conditions: [failing] }),
      { state: 'Down', reason: 'EtcdNotReady' },
    ],
    [
      'is stopped',
      milvus({ status: 'Stopped' }),
      {
        state: 'Down',
        reason: 'Stopped',
        message: 'The operator says Stopped',
      },
    ],
    ['says a new word', milvus({ status: 'Dreaming' }), { state: 'Unknown' }],
    ['says nothing', milvus({}), { state: 'Unknown' }],
  ])('of the operator %s', (_, object, expected) => {
    expect(only([object])).toMatchObject(expected);
  });

  it('of a Helm release is one store, as well as its worst component', () => {
    const component = (name: string, more = {}) =>
      deployment(name, {
        image: 'milvusdb/milvus:v2.6.15',
        args: [],
        ports: [],
        podLabels: { 'app.kubernetes.io/instance': 'rag', component: name },
        ...more,
      });
    const store = only([
      component('rag-proxy', { replicas: 2 }),
      component('rag-querynode', { replicas: 0 }),
      service('rag', 19_530, {
        selector: { component: 'rag-proxy' },
        ports: [{ port: 19_530 }],
      }),
    ]);
    expect(store).toMatchObject({
      name: 'rag',
      engine: 'milvus',
      version: 'v2.6.15',
      state: 'Down',
      reason: 'ScaledToZero',
      replicas: { desired: 2, ready: 2 },
      persistence: 'Unknown',
      endpoint: 'http://rag.team-a.svc:19530',
    });
  });

  it('of the operator hides its parts', () => {
    const part = deployment('rag-milvus-standalone', {
      image: 'milvusdb/milvus:v2.6.11',
      args: [],
    });
    part.metadata!.ownerReferences = [
      {
        kind: 'Milvus',
        name: 'rag',
        uid: 'Milvus:team-a:rag',
        controller: true,
      },
    ];
    expect(only([milvus({ status: 'Healthy' }), part]).kind).toBe('Milvus');
  });
});

describe('lists', () => {
  it('narrow and page', () => {
    const state = observe([
      chroma(),
      deployment('q', {
        namespace: 'team-b',
        image: 'qdrant/qdrant:v1.17.0',
        args: [],
        replicas: 0,
        annotations: { 'promptside.io/owner': 'group:default/b' },
      }),
    ]);
    const names = (query: Parameters<typeof deriveVectorStores>[1]) =>
      deriveVectorStores([state], query).items.map(({ name }) => name);
    expect(names({})).toEqual(['chroma', 'q']);
    expect(names({ namespace: 'team-b' })).toEqual(['q']);
    expect(names({ engine: 'chroma' })).toEqual(['chroma']);
    expect(names({ state: 'Down' })).toEqual(['q']);
    expect(names({ owner: 'group:default/b' })).toEqual(['q']);
    expect(names({ cluster: 'other' })).toEqual([]);
    const { nextCursor } = deriveVectorStores([state], { limit: 1 });
    expect(names({ cursor: nextCursor })).toEqual(['q']);
  });
});
