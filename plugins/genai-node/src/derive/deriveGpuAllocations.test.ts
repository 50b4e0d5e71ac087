import { gpuAllocationsResponseSchema } from '@promptside/backstage-plugin-genai-common';
import { observe } from '../testing/observe';
import { deployment, h100Node, namespace, pod } from '../testing/objects';
import { deriveGpuAllocations } from './deriveGpuAllocations';

const GPU = 'nvidia.com/gpu';
const asks = (count: number) => ({ [GPU]: count });

describe('deriveGpuAllocations', () => {
  const ref = 'component:default/chat';
  const state = observe([
    h100Node('a'),
    namespace('team-a', 'group:default/a'),
    deployment('chat', {
      asks: asks(2),
      annotations: {
        'promptside.io/entity-ref': ref,
        'promptside.io/model': 'google/gemma-2-9b-it',
      },
      labels: { 'backstage.io/kubernetes-id': 'chat' },
    }),
    deployment('sibling', {
      asks: asks(1),
      labels: { 'backstage.io/kubernetes-id': 'chat' },
    }),
    pod('waits', { asks: { 'nvidia.com/mig-1g.10gb': 1 }, namespace: 'x' }),
    pod('ended', {
      node: 'a',
      asks: asks(1),
      status: { phase: 'Succeeded' },
    }),
    pod('both', {
      node: 'a',
      namespace: 'x',
      asks: { [GPU]: 1, 'amd.com/gpu': 1 },
    }),
  ]);
  const pods = (query: Parameters<typeof deriveGpuAllocations>[1]) =>
    deriveGpuAllocations([state], query).items.map(
      ({ pod: name, resource }) => `${name} ${resource}`,
    );

  it('tells pod, workload, entity, owner and model', () => {
    const answer = deriveGpuAllocations([state], { entityRef: ref });
    expect(answer.items).toEqual([
      {
        cluster: 'test',
        namespace: 'team-a',
        pod: 'chat-5d4f8c7b9-0',
        podUid: 'Pod:team-a:chat-5d4f8c7b9-0',
        phase: 'Running',
        ready: true,
        node: 'a',
        vendor: 'nvidia',
        resource: GPU,
        sharing: 'Whole',
        product: 'NVIDIA-H100-80GB-HBM3',
        memoryBytes: 81_559 * 2 ** 20,
        count: 2,
        workload: { kind: 'Deployment', name: 'chat' },
        entityRef: ref,
        owner: 'group:default/a',
        model: 'google/gemma-2-9b-it',
        since: '2026-11-01T08:00:10Z',
      },
    ]);
    expect(
      gpuAllocationsResponseSchema.safeParse({ ...answer, clusters: [] })
        .success,
    ).toBe(true);
  });

  it('shows who waits without a node and without a hold', () => {
    const [item] = deriveGpuAllocations([state], {
      namespace: 'x',
    }).items.filter(({ pod: name }) => name === 'waits');
    expect(item).toMatchObject({
      phase: 'Pending',
      ready: false,
      sharing: 'Mig',
      profile: '1g.10gb',
      workload: { kind: 'Pod', name: 'waits' },
    });
    expect(item).not.toHaveProperty('node');
    expect(item).not.toHaveProperty('since');
  });

  it('gives a pod with two resources twice, and one that ended not at all', () => {
    expect(pods({})).toEqual([
      `chat-5d4f8c7b9-0 ${GPU}`,
      `sibling-5d4f8c7b9-0 ${GPU}`,
      'both amd.com/gpu',
      `both ${GPU}`,
      'waits nvidia.com/mig-1g.10gb',
    ]);
  });

  it('narrows by node, namespace, owner', () => {
    expect(pods({ node: 'a', namespace: 'x' })).toEqual([
      'both amd.com/gpu',
      `both ${GPU}`,
    ]);
    expect(pods({ owner: 'group:default/a' })).toHaveLength(2);
    expect(pods({ owner: 'group:default/b' })).toEqual([]);
    expect(pods({ cluster: 'other' })).toEqual([]);
  });

  it('finds by kubernetes id, but not what names another entity', () => {
    expect(pods({ kubernetesId: 'chat' })).toHaveLength(2);
    expect(
      pods({ kubernetesId: 'chat', entityRef: 'component:default/other' }),
    ).toEqual([`sibling-5d4f8c7b9-0 ${GPU}`]);
    expect(pods({ kubernetesId: 'chat', entityRef: ref })).toHaveLength(2);
  });

  it('sums up what an entity holds, whatever part of it the page shows', () => {
    const several = observe([
      h100Node('a'),
      ...['one', 'two', 'three'].map(name =>
        pod(name, {
          node: name === 'three' ? undefined : 'a',
          asks: asks(2),
          labels: { 'backstage.io/kubernetes-id': 'batch' },
        }),
      ),
    ]);
    const answer = deriveGpuAllocations([several], {
      kubernetesId: 'batch',
      limit: 1,
    });
    expect(answer.items).toHaveLength(1);
    const sum = (of: 'heldCount' | 'waitingCount' | 'podCount' | 'nodeCount') =>
      answer.totals!.reduce((all, total) => all + total[of], 0);
    expect(sum('heldCount')).toBe(4);
    expect(sum('waitingCount')).toBe(2);
    expect(sum('podCount')).toBe(3);
    expect(sum('nodeCount')).toBe(1);
    expect(
      deriveGpuAllocations([several], { limit: 1 }).totals,
    ).toBeUndefined();
  });

  it('pages', () => {
    const first = deriveGpuAllocations([state], { limit: 4 });
    const { items, totalCount } = deriveGpuAllocations([state], {
      limit: 4,
      cursor: first.nextCursor,
    });
    expect(items.map(({ pod: name }) => name)).toEqual(['waits']);
    expect(totalCount).toBe(5);
  });
});

describe('owner chains', () => {
  it('let the topmost object speak, copies below it can be old', () => {
    const state = observe([
      {
        kind: 'ReplicaSet',
        metadata: {
          name: 'rs',
          namespace: 'team-a',
          uid: 'rs',
          annotations: { 'promptside.io/entity-ref': 'component:default/old' },
          ownerReferences: [
            {
              kind: 'Deployment',
              name: 'web',
              uid: 'Deployment:team-a:web',
              controller: true,
            },
          ],
        },
        spec: { replicas: 1 },
      },
      {
        ...deployment('web', {
          annotations: { 'promptside.io/entity-ref': 'component:default/new' },
        }),
        spec: {},
      },
      pod('p', {
        node: 'a',
        asks: asks(1),
        owner: { kind: 'ReplicaSet', name: 'rs', uid: 'rs' },
      }),
    ]);
    const find = (entityRef: string) =>
      deriveGpuAllocations([state], { entityRef }).items.length;
    expect(find('component:default/new')).toBe(1);
    expect(find('component:default/old')).toBe(0);
  });

  it('name the last link that is known', () => {
    const state = observe([
      pod('p', {
        node: 'a',
        asks: asks(1),
        owner: { kind: 'RayCluster', name: 'ray', uid: 'r' },
      }),
    ]);
    expect(deriveGpuAllocations([state], {}).items[0].workload).toEqual({
      kind: 'RayCluster',
      name: 'ray',
    });
  });
});
