import { createObjectStore } from './MemoryStore';
import { KubeObject, ResourceId, StoreEvent } from './ObjectStore';

const id = (group: string, plural: string): ResourceId => ({
  group,
  version: 'v1',
  plural,
});
const CONFIG_MAPS = id('', 'configmaps');
const NAMESPACES = id('', 'namespaces');
const PODS = id('', 'pods');
const DEPLOYMENTS = id('apps', 'deployments');

function configMap(
  name: string,
  metadata: Partial<KubeObject['metadata']> = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'a', ...metadata },
    data: { key: name },
  };
}

function storeWithNamespace() {
  const store = createObjectStore({ now: () => 0 });
  store.create(NAMESPACES, {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'a' },
  });
  return store;
}

describe('the object store', () => {
  it('orders lists by namespace and name and narrows them by selectors', () => {
    const store = createObjectStore();
    for (const [namespace, name] of [
      ['b', 'x'],
      ['a', 'z'],
      ['a', 'y'],
      ['a-b', 'y'],
    ]) {
      store.create(
        CONFIG_MAPS,
        configMap(name, { namespace, labels: { name } }),
      );
    }
    const keys = (objects: KubeObject[]) =>
      objects.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
    expect(keys(store.list(CONFIG_MAPS))).toEqual([
      'a-b/y',
      'a/y',
      'a/z',
      'b/x',
    ]);
    expect(keys(store.list(CONFIG_MAPS, { namespace: 'a' }))).toEqual([
      'a/y',
      'a/z',
    ]);
    expect(
      keys(
        store.list(CONFIG_MAPS, { labelSelector: 'name in (x, z),name!=x' }),
      ),
    ).toEqual(['a/z']);
    expect(
      keys(store.list(CONFIG_MAPS, { fieldSelector: 'metadata.name=y' })),
    ).toEqual(['a-b/y', 'a/y']);
    expect(() =>
      store.list(CONFIG_MAPS, { fieldSelector: 'data.key=y' }),
    ).toThrow('"data.key" is not a known field selector');
    expect(() => store.list(CONFIG_MAPS, { labelSelector: 'a=b=c' })).toThrow(
      `found '=', expected: ',' or 'end of string'`,
    );
  });

  it('keeps what in-process callers give and fills in the rest', () => {
    const store = storeWithNamespace();
    const given = store.create(
      CONFIG_MAPS,
      configMap('given', {
        uid: 'u-1',
        creationTimestamp: '2020-01-01T00:00:00Z',
      }),
    );
    expect(given.metadata).toMatchObject({
      uid: 'u-1',
      creationTimestamp: '2020-01-01T00:00:00Z',
    });
    const filled = store.create(CONFIG_MAPS, configMap('filled'));
    expect(filled.metadata).toMatchObject({
      uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
      creationTimestamp: '1970-01-01T00:00:00Z',
    });
    expect(Object.isFrozen(filled.data)).toBe(true);
  });

  it('refuses a taken name and a stale version, and ignores a write that changes nothing', () => {
    const store = storeWithNamespace();
    const first = store.create(CONFIG_MAPS, configMap('x'));
    expect(() => store.create(CONFIG_MAPS, configMap('x'))).toThrow(
      'configmaps "x" already exists',
    );
    expect(store.update(CONFIG_MAPS, configMap('x'))).toBe(first);
    const second = store.update(CONFIG_MAPS, { ...first, data: { key: '2' } });
    expect(second.metadata.resourceVersion).not.toBe(
      first.metadata.resourceVersion,
    );
    expect(() =>
      store.update(CONFIG_MAPS, { ...first, data: { key: '3' } }),
    ).toThrow('the object has been modified');
  });

  it('counts generations of the spec, not of the status', () => {
    const store = storeWithNamespace();
    const created = store.create(DEPLOYMENTS, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd', namespace: 'a' },
      spec: { replicas: 1 },
    });
    const reported = store.update(
      DEPLOYMENTS,
      { ...created, spec: { replicas: 9 }, status: { replicas: 1 } },
      { subresource: 'status' },
    );
    expect(reported).toMatchObject({
      metadata: { generation: 1 },
      spec: { replicas: 1 },
      status: { replicas: 1 },
    });
    const scaled = store.update(DEPLOYMENTS, {
      ...reported,
      spec: { replicas: 2 },
    });
    expect(scaled.metadata.generation).toBe(2);
  });

  it('tells every listener the same order, also when one of them writes', () => {
    const store = storeWithNamespace();
    const seen: string[] = [];
    const note = (who: string) => (event: StoreEvent) =>
      seen.push(`${who} ${event.type} ${event.object.metadata.name}`);
    store.subscribe(event => {
      if (event.object.metadata.name === 'one') {
        store.create(CONFIG_MAPS, configMap('two'));
      }
    });
    store.subscribe(note('a'));
    store.subscribe(note('b'));
    store.create(CONFIG_MAPS, configMap('one'));
    expect(seen).toEqual([
      'a ADDED one',
      'b ADDED one',
      'a ADDED two',
      'b ADDED two',
    ]);
  });

  it('deletes dependents with their last owner', () => {
    const store = storeWithNamespace();
    const owners = ['p', 'q'].map(name =>
      store.create(CONFIG_MAPS, configMap(name)),
    );
    const reference = ({ metadata }: KubeObject) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      name: metadata.name,
      uid: metadata.uid!,
    });
    store.create(
      CONFIG_MAPS,
      configMap('child', { ownerReferences: owners.map(reference) }),
    );
    store.delete(CONFIG_MAPS, 'a', 'p');
    expect(
      store.get(CONFIG_MAPS, 'a', 'child')?.metadata.ownerReferences,
    ).toHaveLength(1);
    store.delete(CONFIG_MAPS, 'a', 'q');
    expect(store.get(CONFIG_MAPS, 'a', 'child')).toBeUndefined();
  });

  it.each([
    ['Orphan', true],
    ['Foreground', false],
  ] as const)('deletes with %s', (propagationPolicy, stays) => {
    const store = storeWithNamespace();
    const owner = store.create(CONFIG_MAPS, configMap('p'));
    store.create(
      CONFIG_MAPS,
      configMap('child', {
        ownerReferences: [
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            name: 'p',
            uid: owner.metadata.uid!,
          },
        ],
      }),
    );
    store.delete(CONFIG_MAPS, 'a', 'p', { propagationPolicy });
    expect(store.get(CONFIG_MAPS, 'a', 'p')).toBeUndefined();
    const child = store.get(CONFIG_MAPS, 'a', 'child');
    expect(child !== undefined).toBe(stays);
    expect(child?.metadata.ownerReferences).toBeUndefined();
  });

  it('waits for finalizers and for the kubelet', () => {
    const store = storeWithNamespace();
    store.create(CONFIG_MAPS, configMap('held', { finalizers: ['x.y/z'] }));
    store.delete(CONFIG_MAPS, 'a', 'held');
    const held = store.get(CONFIG_MAPS, 'a', 'held')!;
    expect(held.metadata.deletionTimestamp).toBeDefined();
    store.update(CONFIG_MAPS, {
      ...held,
      metadata: { ...held.metadata, finalizers: [] },
    });
    expect(store.get(CONFIG_MAPS, 'a', 'held')).toBeUndefined();

    const pod = (name: string, nodeName?: string): KubeObject => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: 'a' },
      spec: { nodeName, containers: [] },
    });
    store.create(PODS, pod('waiting'));
    store.create(PODS, pod('running', 'node'));
    store.delete(PODS, 'a', 'waiting');
    expect(store.get(PODS, 'a', 'waiting')).toBeUndefined();
    store.delete(PODS, 'a', 'running');
    expect(store.get(PODS, 'a', 'running')?.metadata).toMatchObject({
      deletionTimestamp: '1970-01-01T00:00:30Z',
      deletionGracePeriodSeconds: 30,
    });
    store.delete(PODS, 'a', 'running', { gracePeriodSeconds: 0 });
    expect(store.get(PODS, 'a', 'running')).toBeUndefined();
  });

  it('empties a namespace before it goes, and refuses new content', () => {
    const store = storeWithNamespace();
    store.create(CONFIG_MAPS, configMap('x'));
    store.create(CONFIG_MAPS, configMap('held', { finalizers: ['x.y/z'] }));
    store.delete(NAMESPACES, undefined, 'a');
    expect(store.get(NAMESPACES, undefined, 'a')?.status).toMatchObject({
      phase: 'Terminating',
    });
    expect(store.list(CONFIG_MAPS).map(each => each.metadata.name)).toEqual([
      'held',
    ]);
    expect(() => store.create(CONFIG_MAPS, configMap('late'))).toThrow(
      'unable to create new content in namespace a because it is being terminated',
    );
    store.update(CONFIG_MAPS, configMap('held'));
    expect(store.get(NAMESPACES, undefined, 'a')).toBeUndefined();
  });

  it('can show a list as it was at an earlier version, as long as it remembers', () => {
    const store = storeWithNamespace();
    for (const name of ['a', 'b', 'c']) {
      store.create(CONFIG_MAPS, configMap(name));
    }
    const then = store.version();
    store.delete(CONFIG_MAPS, 'a', 'b');
    store.update(CONFIG_MAPS, { ...configMap('c'), data: { key: 'new' } });
    store.create(CONFIG_MAPS, configMap('d'));
    const past = store.table(CONFIG_MAPS).listAt(then, 'a');
    expect(past.map(each => [each.metadata.name, each.data])).toEqual([
      ['a', { key: 'a' }],
      ['b', { key: 'b' }],
      ['c', { key: 'c' }],
    ]);
    expect(() => store.table(CONFIG_MAPS).listAt(1)).toThrow('too old');
    expect(
      store
        .table(CONFIG_MAPS)
        .changesAfter(then)
        .map(({ event }) => event.type),
    ).toEqual(['DELETED', 'MODIFIED', 'ADDED']);
  });
});
