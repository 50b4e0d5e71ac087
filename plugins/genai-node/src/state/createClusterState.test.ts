import fc from 'fast-check';
import type { Fact, ResourceKey } from '../facts/Fact';
import { observe } from '../testing/observe';
import {
  deployment,
  h100Node,
  namespace,
  pod,
  podEvent,
  service,
} from '../testing/objects';
import type { ClusterState } from './ClusterState';
import { createClusterState } from './createClusterState';
import { WATCHED_RESOURCES } from './watchedResources';

function fact(key: ResourceKey, raw: unknown): Fact {
  const found = WATCHED_RESOURCES.find(
    resource => resource.key === key,
  )?.project(raw);
  if (!found) throw new Error(`the object leaves no ${key} fact`);
  return found;
}

const GPU = { 'nvidia.com/gpu': 1 };
const gpuPod = (name: string, more: Parameters<typeof pod>[1] = {}) =>
  fact('pods', pod(name, { node: 'gpu-1', asks: GPU, ...more }));

describe('changes', () => {
  it('are told by topic and counted', () => {
    const state = createClusterState('c');
    expect(state.apply('pods', 'ADDED', gpuPod('a'))).toEqual(['gpus']);
    expect(state.version).toBe(1);
    expect(
      state.apply('deployments', 'ADDED', fact('deployments', deployment('d'))),
    ).toEqual(['model-servers']);
    expect(state.version).toBe(2);
  });

  it('that change nothing visible are no changes', () => {
    const state = createClusterState('c');
    state.apply('pods', 'ADDED', gpuPod('a'));
    expect(state.apply('pods', 'MODIFIED', gpuPod('a'))).toEqual([]);
    expect(state.version).toBe(1);
  });

  it('go to the model server whose pod it is, however that was recognised', () => {
    const state = observe([
      deployment('chat', {
        image: 'corp/x:1',
        args: [],
        labels: { 'promptside.io/purpose': 'inference' },
        asks: GPU,
      }),
    ]);
    const [server] = state.podsOf('Deployment:team-a:chat');
    expect(server).not.toHaveProperty('serves');
    expect(state.forget('pods', server.uid)).toEqual(['gpus', 'model-servers']);
  });

  it('of a RAG service and of its pods concern its lineage', () => {
    const labels = { 'promptside.io/purpose': 'rag' };
    const rag = deployment('rag', { image: 'corp/rag:1', args: [], labels });
    const state = createClusterState('c');
    const taken = (key: ResourceKey, raw: unknown) =>
      state.apply(key, 'ADDED', fact(key, raw));
    expect(taken('deployments', rag)).toEqual(['vector-stores']);
    expect(taken('pods', pod('rag-1', { labels }))).toEqual(['vector-stores']);
  });

  it('of a link in the chain concern everything below', () => {
    const state = observe([deployment('d', { asks: GPU })]);
    const [set] = state.children('Deployment:team-a:d');
    expect(state.forget('replicasets', set.uid)).toEqual([
      'gpus',
      'model-servers',
      'vector-stores',
    ]);
  });

  it('of a Service matter where a model server or store is', () => {
    const state = observe([deployment('d')]);
    const near = service('d', 80);
    near.metadata!.uid = 's1';
    const far = service('d', 80);
    far.metadata = { ...far.metadata, uid: 's2', namespace: 'other' };
    expect(state.apply('services', 'ADDED', fact('services', near))).toEqual([
      'model-servers',
    ]);
    expect(state.apply('services', 'ADDED', fact('services', far))).toEqual([]);
  });

  it('of an event matter when its object is ours', () => {
    const state = createClusterState('c');
    state.apply('pods', 'ADDED', gpuPod('a', { image: 'vllm/vllm-openai' }));
    const ours = fact('events', podEvent('a', 'Pulling', 'pulling'));
    const theirs = fact('events', podEvent('b', 'Pulling', 'pulling'));
    expect(state.apply('events', 'ADDED', ours)).toEqual(['model-servers']);
    expect(state.apply('events', 'ADDED', ours)).toEqual([]);
    const { version } = state;
    expect(state.apply('events', 'ADDED', theirs)).toEqual([]);
    expect(state.version).toBe(version);
    expect(state.apply('events', 'DELETED', ours)).toEqual(['model-servers']);
  });

  it('to the first list, even an empty one, are news', () => {
    const state = createClusterState('c');
    expect(state.has('nodes')).toBe(false);
    expect(state.replace('nodes', [])).toEqual(['clusters']);
    expect(state.has('nodes')).toBe(true);
    expect(state.replace('nodes', [])).toEqual([]);
    expect(state.drop('nodes')).toEqual(['clusters']);
    expect(state.has('nodes')).toBe(false);
    expect(state.drop('nodes')).toEqual([]);
  });

  it('of the last simulated object are told', () => {
    const raw = namespace('demo');
    raw.metadata!.uid = 'n';
    raw.metadata!.annotations = { 'promptside.io/simulated': 'true' };
    const state = createClusterState('c');
    state.apply('namespaces', 'ADDED', fact('namespaces', raw));
    expect(state.simulated).toBe(true);
    expect(state.forget('namespaces', 'n')).toContain('clusters');
    expect(state.simulated).toBe(false);
  });
});

describe('relist', () => {
  it('takes what is missing for deleted', () => {
    const state = createClusterState('c');
    state.replace('pods', [gpuPod('a'), gpuPod('b')]);
    expect(state.replace('pods', [gpuPod('b')])).toEqual(['gpus']);
    expect([...state.podsOnNode('gpu-1')].map(({ name }) => name)).toEqual([
      'b',
    ]);
  });

  it('of the same objects is no change', () => {
    const state = createClusterState('c');
    state.replace('pods', [gpuPod('a')]);
    const { version } = state;
    expect(state.replace('pods', [gpuPod('a')])).toEqual([]);
    expect(state.version).toBe(version);
  });

  it('forgets events that the cluster forgot', () => {
    const state = createClusterState('c');
    state.apply('pods', 'ADDED', gpuPod('a', { image: 'vllm/vllm-openai' }));
    const event = fact('events', podEvent('a', 'BackOff', 'x'));
    state.replace('events', [event]);
    expect(state.count('events')).toBe(1);
    expect(state.replace('events', [])).toEqual(['model-servers']);
    expect(state.count('events')).toBe(0);
  });
});

describe('a pod', () => {
  it('moves from waiting to its node', () => {
    const state = createClusterState('c');
    state.apply('pods', 'ADDED', gpuPod('a', { node: undefined }));
    expect([...state.unboundPods()]).toHaveLength(1);
    state.apply('pods', 'MODIFIED', gpuPod('a'));
    expect([...state.unboundPods()]).toHaveLength(0);
    expect([...state.podsOnNode('gpu-1')]).toHaveLength(1);
  });

  it('is found by the claims of its workload and its own', () => {
    const ref = 'component:default/chat';
    const state = observe([
      deployment('chat', {
        asks: GPU,
        annotations: { 'promptside.io/entity-ref': ref },
      }),
      deployment('other', {
        asks: GPU,
        labels: { 'backstage.io/kubernetes-id': 'other' },
      }),
      pod('own', {
        node: 'n',
        asks: GPU,
        labels: { 'backstage.io/kubernetes-id': 'own' },
        annotations: { 'promptside.io/entity-ref': ref },
      }),
    ]);
    const names = (found: { name: string }[]) =>
      found.map(({ name }) => name).sort();
    expect(names(state.podsClaimedBy({ entityRef: ref }))).toEqual([
      'chat-5d4f8c7b9-0',
      'own',
    ]);
    expect(names(state.podsClaimedBy({ kubernetesId: 'other' }))).toEqual([
      'other-5d4f8c7b9-0',
    ]);
    expect(names(state.podsClaimedBy({ kubernetesId: 'own' }))).toEqual([
      'own',
    ]);
    expect(state.podsClaimedBy({})).toEqual([]);
  });
});

describe('an object recreated under the same name', () => {
  it('stays when the old one is removed after it came', () => {
    const state = createClusterState('c');
    const old = h100Node('n', { metadata: { uid: 'old' } });
    const young = h100Node('n', { metadata: { uid: 'young' } });
    state.apply('nodes', 'ADDED', fact('nodes', old));
    state.apply('nodes', 'ADDED', fact('nodes', young));
    state.apply('nodes', 'DELETED', fact('nodes', old));
    expect(state.node('n')?.uid).toBe('young');
  });
});

describe('owner references in a circle', () => {
  it('do not hang the state', () => {
    const state = createClusterState('c');
    for (const [own, other] of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      state.apply(
        'jobs',
        'ADDED',
        fact('jobs', {
          metadata: {
            uid: own,
            name: own,
            namespace: 'x',
            ownerReferences: [
              { kind: 'Job', name: other, uid: other, controller: true },
            ],
          },
        }),
      );
    }
    const owner = { kind: 'Job', name: 'a', uid: 'a' };
    expect(state.apply('pods', 'ADDED', gpuPod('p', { owner }))).toEqual([
      'gpus',
    ]);
    expect(state.podsOf('b').map(({ name }) => name)).toEqual(['p']);
  });
});

describe('lookups', () => {
  it('answer from the indexes', () => {
    const claim = {
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace: 'team-a' },
    };
    const state = observe([
      h100Node('n'),
      namespace('team-a', 'group:default/a'),
      claim,
      deployment('store', { image: 'qdrant/qdrant', args: [] }),
      {
        kind: 'ResourceQuota',
        metadata: { name: 'q', namespace: 'team-a' },
        status: {
          hard: { 'requests.nvidia.com/gpu': '1' },
          used: { 'requests.nvidia.com/gpu': '0' },
        },
      },
      {
        kind: 'CustomResourceDefinition',
        metadata: { name: 'milvuses.milvus.io' },
      },
    ]);
    expect(state.namespace('team-a')?.owner).toBe('group:default/a');
    expect([...state.nodes()]).toHaveLength(1);
    expect(state.claim('team-a', 'data')?.name).toBe('data');
    expect([...state.claims('team-a')]).toHaveLength(1);
    expect([...state.stores()].map(({ name }) => name)).toEqual(['store']);
    expect([...state.quotas()]).toHaveLength(1);
    expect(state.hasCrd('milvuses.milvus.io')).toBe(true);
    expect(state.count('nodes')).toBe(1);
    expect(state.count('jobs')).toBe(0);
    for (const { key } of WATCHED_RESOURCES) state.drop(key);
    expect([...state.nodes()]).toEqual([]);
    expect([...state.namespaces()]).toEqual([]);
    expect(state.claim('team-a', 'data')).toBeUndefined();
    expect([...state.claims('team-a')]).toEqual([]);
    expect([...state.quotas()]).toEqual([]);
    expect([...state.stores()]).toEqual([]);
    expect([...state.services('team-a')]).toEqual([]);
    expect(state.hasCrd('milvuses.milvus.io')).toBe(false);
  });
});

describe('any sequence of events', () => {
  /** What readers see of a state, without its version. */
  function contents(state: ClusterState) {
    const names = (list: Iterable<{ uid: string }>) =>
      [...list].map(({ uid }) => uid).sort();
    return {
      pods: names(state.pods()),
      unbound: names(state.unboundPods()),
      onNodes: ['gpu-1', 'gpu-2'].map(node => names(state.podsOnNode(node))),
      servers: names(state.servers()),
      ofServer: names(state.podsOf('Deployment:team-a:d0')),
      claimed: names(state.podsClaimedBy({ kubernetesId: 'k' })),
    };
  }

  it('ends where a list of the same objects ends', () => {
    const podFact = fc
      .record({
        index: fc.nat(5),
        node: fc.constantFrom(undefined, 'gpu-1', 'gpu-2'),
        owned: fc.boolean(),
        labelled: fc.boolean(),
      })
      .map(({ index, node, owned, labelled }) =>
        gpuPod(`p${index}`, {
          node,
          ...(owned
            ? {
                owner: {
                  kind: 'Deployment',
                  name: 'd0',
                  uid: 'Deployment:team-a:d0',
                },
              }
            : {}),
          ...(labelled
            ? { labels: { 'backstage.io/kubernetes-id': 'k' } }
            : {}),
        }),
      );
    const serverFact = fc
      .record({ index: fc.nat(2), serves: fc.boolean() })
      .map(({ index, serves }) =>
        fact(
          'deployments',
          deployment(`d${index}`, serves ? {} : { image: 'nginx', args: [] }),
        ),
      );
    const event = fc.record({
      type: fc.constantFrom(
        'ADDED' as const,
        'MODIFIED' as const,
        'DELETED' as const,
      ),
      what: fc.oneof(podFact, serverFact),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), events => {
        const live = createClusterState('c');
        const last = new Map<string, Fact>();
        for (const { type, what } of events) {
          live.apply(what.resource, type, what);
          if (type === 'DELETED') last.delete(what.uid);
          else last.set(what.uid, what);
        }
        const listed = createClusterState('c');
        for (const key of ['pods', 'deployments'] as const) {
          listed.replace(
            key,
            [...last.values()].filter(({ resource }) => resource === key),
          );
        }
        expect(contents(live)).toEqual(contents(listed));
      }),
    );
  });
});
