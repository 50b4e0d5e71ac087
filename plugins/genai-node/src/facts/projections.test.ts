import fc from 'fast-check';
import { WATCHED_RESOURCES } from '../state/watchedResources';
import { deployment, h100Node, node, service } from '../testing/objects';
import type { Fact, ResourceKey } from './Fact';

function project(key: ResourceKey, raw: unknown): Fact | undefined {
  return WATCHED_RESOURCES.find(resource => resource.key === key)?.project(raw);
}

const meta = (more: Record<string, unknown> = {}) => ({
  uid: 'u1',
  name: 'x',
  namespace: 'team-a',
  ...more,
});

describe('nodes', () => {
  const condition = (status: string, reason: string) => ({
    conditions: [{ type: 'Ready', status, reason }],
  });

  it.each([
    ['Ready', { status: condition('True', 'KubeletReady') }, undefined],
    [
      'NotReady',
      { status: condition('False', 'KubeletNotReady') },
      'KubeletNotReady',
    ],
    [
      'Unknown',
      { status: condition('Unknown', 'NodeStatusUnknown') },
      'NodeStatusUnknown',
    ],
    ['Unknown', { status: { conditions: [] } }, undefined],
    ['Cordoned', { spec: { unschedulable: true } }, undefined],
    [
      'NotReady',
      {
        spec: { unschedulable: true },
        status: condition('False', 'KubeletNotReady'),
      },
      'KubeletNotReady',
    ],
  ])('are %s', (state, more, reason) => {
    const raw = h100Node('n', { metadata: { uid: 'n' } });
    const fact = project('nodes', {
      ...raw,
      ...more,
      status: { ...raw.status, ...(more as { status?: object }).status },
    });
    expect(fact).toMatchObject({ state });
    expect((fact as { reason?: string }).reason).toBe(reason);
  });

  it('leave nothing without accelerators', () => {
    expect(
      project('nodes', node('cpu', {}, {}, { metadata: { uid: 'c' } })),
    ).toBeUndefined();
  });

  it('tell taints and that they are simulated', () => {
    const raw = h100Node('n', {
      metadata: {
        uid: 'n',
        annotations: { 'promptside.io/simulated': 'true' },
      },
      spec: { taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] },
    });
    raw.metadata!.name = 'n';
    expect(project('nodes', raw)).toMatchObject({
      taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }],
      simulated: true,
    });
  });
});

describe('workloads', () => {
  it('keep little of a Deployment that is none of ours', () => {
    expect(
      project('deployments', deployment('web', { image: 'nginx:1', args: [] })),
    ).toEqual({
      resource: 'deployments',
      kind: 'Deployment',
      uid: 'Deployment:team-a:web',
      name: 'web',
      namespace: 'team-a',
    });
  });

  it('keep what a model server tells', () => {
    expect(
      project(
        'deployments',
        deployment('chat', {
          replicas: 2,
          asks: { 'nvidia.com/gpu': 1 },
          status: {
            observedGeneration: 3,
            readyReplicas: 1,
            updatedReplicas: 2,
            conditions: [
              { type: 'Available', status: 'False', reason: 'R' },
              {},
            ],
          },
        }),
      ),
    ).toMatchObject({
      asks: [{ resource: 'nvidia.com/gpu', count: 1 }],
      serving: { runtime: 'vllm', version: 'v0.33.0' },
      rollout: {
        observedGeneration: 3,
        desired: 2,
        ready: 1,
        updated: 2,
        conditions: [{ type: 'Available', status: 'False', reason: 'R' }],
      },
      podLabels: { app: 'chat' },
      namedPorts: { http: 8000 },
    });
  });

  it('take an absent replica count for one, not for none', () => {
    const raw = deployment('chat');
    delete raw.spec?.replicas;
    expect(project('deployments', raw)).toMatchObject({
      rollout: { desired: 1 },
    });
  });

  it('sum the claims of a StatefulSet', () => {
    const template = (size: string) => ({
      spec: { resources: { requests: { storage: size } } },
    });
    expect(
      project(
        'statefulsets',
        deployment('chroma', {
          kind: 'StatefulSet',
          image: 'ghcr.io/chroma-core/chroma:1.5.3',
          volumeClaimTemplates: [template('10Gi'), template('1Gi')],
        }),
      ),
    ).toMatchObject({
      store: {
        engine: 'chroma',
        persistence: 'Persistent',
        templateBytes: 11 * 2 ** 30,
      },
    });
  });

  it.each([
    ['that runs', 1, 'nginx', true],
    ['of old that ran none of ours', 0, 'nginx', false],
    [
      'of old whose last pod may still hold a model',
      0,
      'vllm/vllm-openai',
      true,
    ],
    ['of old of a store', 0, 'qdrant/qdrant', true],
  ])('keep a ReplicaSet %s: %s', (_, replicas, image, kept) => {
    const fact = project('replicasets', {
      ...deployment('x-1', { replicas, image }),
      kind: 'ReplicaSet',
    });
    expect(fact !== undefined).toBe(kept);
  });

  it('keep a Job as a link', () => {
    expect(
      project('jobs', {
        metadata: meta({
          ownerReferences: [
            { kind: 'X', name: 'other', uid: 'o' },
            { kind: 'CronJob', name: 'nightly', uid: 'c1', controller: true },
          ],
        }),
      }),
    ).toMatchObject({
      kind: 'Job',
      controller: { kind: 'CronJob', name: 'nightly', uid: 'c1' },
    });
  });
});

describe('services, claims, quotas, namespaces, events', () => {
  it('keep a Service with a selector only', () => {
    const raw = service('chat', 80, { clusterIP: 'None' });
    raw.metadata!.uid = 's';
    expect(project('services', raw)).toEqual({
      resource: 'services',
      uid: 's',
      name: 'chat',
      namespace: 'team-a',
      selector: { app: 'chat' },
      headless: true,
      ports: [{ port: 80 }],
    });
    expect(
      project('services', { metadata: meta(), spec: { ports: [] } }),
    ).toBeUndefined();
  });

  it('read the size of a claim', () => {
    expect(
      project('persistentvolumeclaims', {
        metadata: meta({ labels: { 'app.kubernetes.io/instance': 'rag' } }),
        spec: { resources: { requests: { storage: '20Gi' } } },
        status: { phase: 'Bound' },
      }),
    ).toMatchObject({
      requestBytes: 20 * 2 ** 30,
      phase: 'Bound',
      instance: 'rag',
    });
    expect(
      project('persistentvolumeclaims', { metadata: meta() }),
    ).not.toHaveProperty('requestBytes');
  });

  it('read the owner of a namespace', () => {
    expect(
      project('namespaces', {
        metadata: {
          uid: 'n',
          name: 'team-a',
          annotations: {
            'promptside.io/owner': 'group:default/a',
            'promptside.io/simulated': 'true',
          },
        },
      }),
    ).toEqual({
      resource: 'namespaces',
      uid: 'n',
      name: 'team-a',
      owner: 'group:default/a',
      simulated: true,
    });
  });

  it.each([
    [{ lastTimestamp: 'L', firstTimestamp: 'F', count: 3 }, 'L', 3],
    [{ lastTimestamp: null, eventTime: 'E' }, 'E', 1],
    [{ eventTime: 'E', series: { count: 9, lastObservedTime: 'S' } }, 'S', 9],
    [{ firstTimestamp: 'F' }, 'F', 1],
    [{}, undefined, 1],
  ])('read time and count of an event %j', (times, at, count) => {
    const fact = project('events', {
      metadata: meta(),
      involvedObject: { kind: 'Pod', name: 'p', uid: 'pu' },
      type: 'Warning',
      ...times,
    });
    expect(fact).toMatchObject({ type: 'Warning', reason: 'Unknown', count });
    expect((fact as { at?: string }).at).toBe(at);
  });

  it('leave out events of objects that explain nothing here', () => {
    expect(
      project('events', {
        metadata: meta(),
        involvedObject: { kind: 'Node', name: 'n', uid: 'n' },
      }),
    ).toBeUndefined();
  });

  it('keep the name of a CRD', () => {
    expect(
      project('customresourcedefinitions', {
        metadata: { uid: 'c', name: 'milvuses.milvus.io' },
        spec: { versions: ['huge'] },
      }),
    ).toEqual({
      resource: 'customresourcedefinitions',
      uid: 'c',
      name: 'milvuses.milvus.io',
    });
  });
});

describe('every projection', () => {
  it('makes nothing of what is no object, and never throws', () => {
    const shape = fc.record(
      {
        metadata: fc.oneof(
          fc.anything(),
          fc.record({
            uid: fc.string(),
            name: fc.string(),
            namespace: fc.string(),
            labels: fc.anything(),
            annotations: fc.anything(),
            ownerReferences: fc.anything(),
          }),
        ),
        spec: fc.oneof(
          fc.anything(),
          fc.record({
            containers: fc.anything(),
            template: fc.anything(),
            ports: fc.anything(),
          }),
        ),
        status: fc.anything(),
        involvedObject: fc.anything(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(shape, fc.anything()), raw => {
        for (const { project: run } of WATCHED_RESOURCES) {
          expect(typeof (run(raw)?.uid ?? '')).toBe('string');
        }
      }),
      { numRuns: 500 },
    );
  });
});
