import { modelServerDetailSchema } from '@promptside/backstage-plugin-genai-common';
import {
  deployment,
  h100Node,
  namespace,
  podEvent,
  service,
} from '../testing/objects';
import { observe } from '../testing/observe';
import { only, ready, server } from '../testing/server';
import {
  deriveModelServerDetail,
  deriveModelServers,
} from './deriveModelServers';

describe('a model server', () => {
  it('tells what it is', () => {
    const state = observe([
      h100Node('gpu-1'),
      namespace('team-a', 'group:default/a'),
      deployment('chat', {
        replicas: 2,
        asks: { 'nvidia.com/gpu': 4 },
        args: [
          '--model=google/gemma-2-9b-it',
          '--served-model-name=chat',
          `--revision=${'a'.repeat(40)}`,
        ],
        labels: { 'backstage.io/kubernetes-id': 'chat' },
        annotations: { 'promptside.io/entity-ref': 'component:default/chat' },
      }),
      service('chat', 80, { ports: [{ port: 80, targetPort: 'http' }] }),
    ]);
    expect(only(state)).toEqual({
      cluster: 'test',
      namespace: 'team-a',
      name: 'chat',
      kind: 'Deployment',
      uid: 'Deployment:team-a:chat',
      runtime: 'vllm',
      runtimeVersion: 'v0.33.0',
      model: {
        id: 'google/gemma-2-9b-it',
        revision: 'a'.repeat(40),
        servedName: 'chat',
      },
      state: 'Ready',
      evidence: [
        {
          kind: 'Deployment',
          name: 'chat',
          reason: 'MinimumReplicasAvailable',
          message: 'Condition Available is True',
        },
      ],
      replicas: { desired: 2, ready: 2 },
      endpoint: { url: 'http://chat.team-a.svc:80/v1', protocol: 'openai' },
      gpus: [
        {
          vendor: 'nvidia',
          resource: 'nvidia.com/gpu',
          sharing: 'Whole',
          perReplicaCount: 4,
        },
      ],
      entityRef: 'component:default/chat',
      kubernetesId: 'chat',
      owner: 'group:default/a',
      createdAt: '2026-11-01T08:00:00Z',
    });
  });

  it('serves under the model id when no name is given', () => {
    const state = server([ready], {
      args: ['--model', 'google/gemma-2-2b-it'],
    });
    expect(only(state).model?.servedName).toBe('google/gemma-2-2b-it');
  });

  it('is not invented where the model is not told', () => {
    expect(only(server([ready], { args: [] }))).not.toHaveProperty('model');
  });
});

describe('the endpoint', () => {
  const url = (services: unknown[]) =>
    only(observe([deployment('chat'), ...services])).endpoint?.url;

  it('leads to the port of the API', () => {
    const several = service('chat', 80, {
      ports: [
        { name: 'metrics', port: 9090 },
        { name: 'api', port: 80, targetPort: 8000 },
      ],
    });
    expect(url([several])).toBe('http://chat.team-a.svc:80/v1');
  });

  it('prefers a cluster IP, and goes to the container port behind a headless Service', () => {
    const headless = service('a-chat', 80, {
      clusterIP: 'None',
      selector: { app: 'chat' },
      ports: [{ port: 80, targetPort: 8000 }],
    });
    expect(url([headless])).toBe('http://a-chat.team-a.svc:8000/v1');
    expect(
      url([
        headless,
        service('chat', 80, { ports: [{ port: 80, targetPort: 8000 }] }),
      ]),
    ).toBe('http://chat.team-a.svc:80/v1');
  });

  it('takes a single port whatever it leads to, and none of several', () => {
    expect(url([service('chat', 5000)])).toBe('http://chat.team-a.svc:5000/v1');
    expect(
      url([service('chat', 80, { ports: [{ port: 1 }, { port: 2 }] })]),
    ).toBeUndefined();
  });

  it('is absent without a Service that selects it', () => {
    expect(url([])).toBeUndefined();
    expect(url([service('other', 8000)])).toBeUndefined();
    const narrower = service('chat', 8000, {
      selector: { app: 'chat', role: 'leader' },
    });
    expect(url([narrower])).toBeUndefined();
  });
});

describe('lists', () => {
  const state = observe([
    deployment('a', {
      annotations: { 'promptside.io/owner': 'group:default/x' },
    }),
    deployment('b', {
      namespace: 'team-b',
      image: 'ghcr.io/huggingface/text-generation-inference:3.3.7',
      labels: { 'backstage.io/kubernetes-id': 'b' },
    }),
    deployment('c', { replicas: 0 }),
    deployment('web', { image: 'nginx', args: [] }),
  ]);
  const names = (query: Parameters<typeof deriveModelServers>[1]) =>
    deriveModelServers([state], query).items.map(({ name }) => name);

  it('narrow', () => {
    expect(names({})).toEqual(['a', 'c', 'b']);
    expect(names({ namespace: 'team-b' })).toEqual(['b']);
    expect(names({ runtime: 'tgi' })).toEqual(['b']);
    expect(names({ state: 'Stopped' })).toEqual(['c']);
    expect(names({ owner: 'group:default/x' })).toEqual(['a']);
    expect(names({ kubernetesId: 'b' })).toEqual(['b']);
    expect(names({ entityRef: 'component:default/none' })).toEqual([]);
    expect(names({ cluster: 'other' })).toEqual([]);
  });

  it('page, with a state as well', () => {
    const first = deriveModelServers([state], { limit: 2 });
    expect(first).toMatchObject({ totalCount: 3 });
    expect(names({ limit: 2, cursor: first.nextCursor })).toEqual(['b']);
    expect(
      deriveModelServers([state], { state: 'Ready', limit: 1 }),
    ).toMatchObject({
      totalCount: 2,
      nextCursor: expect.any(String),
    });
  });
});

describe('deriveModelServerDetail', () => {
  it('adds devices and events, newest first', () => {
    const state = server([ready], {}, [
      podEvent('chat-0', 'Pulled', 'old', {
        lastTimestamp: '2026-11-01T08:00:00Z',
      }),
      podEvent('chat-0', 'Started', 'new', {
        lastTimestamp: '2026-11-01T09:00:00Z',
      }),
      podEvent('chat-0', 'Odd', 'timeless', { lastTimestamp: null }),
    ]);
    const detail = deriveModelServerDetail([state], {
      cluster: 'test',
      namespace: 'team-a',
      name: 'chat',
    });
    expect(detail?.allocations).toMatchObject([{ pod: 'chat-0', count: 1 }]);
    expect(detail?.events.map(({ message }) => message)).toEqual([
      'new',
      'old',
      'timeless',
    ]);
    expect(detail?.events[2]).not.toHaveProperty('at');
    expect(
      modelServerDetailSchema.safeParse({ ...detail, clusters: [] }).success,
    ).toBe(true);
  });

  it('finds none of another name, namespace or cluster', () => {
    const state = server([ready]);
    const ref = { cluster: 'test', namespace: 'team-a', name: 'chat' };
    for (const other of ['cluster', 'namespace', 'name']) {
      expect(
        deriveModelServerDetail([state], { ...ref, [other]: 'other' }),
      ).toBeUndefined();
    }
  });

  it('takes the Deployment where a StatefulSet has the same name', () => {
    const state = observe([
      deployment('chat', { kind: 'StatefulSet' }),
      deployment('chat'),
    ]);
    const detail = deriveModelServerDetail([state], {
      cluster: 'test',
      namespace: 'team-a',
      name: 'chat',
    });
    expect(detail?.item.kind).toBe('Deployment');
  });
});
