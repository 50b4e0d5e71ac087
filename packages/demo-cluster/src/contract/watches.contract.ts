import { Watch } from './client';
import { defineGadgets } from './gadgets';
import { configMap, gadget } from './objects';
import { core, expectCode, expectStatus, SuiteRef, text } from './suite';

/** The watch: order, selection, bookmarks, resuming and expiry. */
export function watchesContract(suite: SuiteRef) {
  const open: Watch[] = [];
  afterEach(() => {
    open.splice(0).forEach(one => one.close());
  });

  async function watch(
    path: string,
    query?: Record<string, string | number | boolean>,
  ) {
    const started = await suite().admin.watch(path, query);
    open.push(started);
    return started;
  }

  /** The next event as `TYPE name`. */
  async function told(from: Watch) {
    const { type, object } = await from.next();
    return `${type} ${object.metadata.name}`;
  }

  async function space() {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = core(ns, 'secrets');
    const make = (name: string, labels: Record<string, string> = {}) =>
      admin
        .post(path, {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: { name, labels },
          stringData: { a: '1' },
        })
        .then(answer => expectCode(answer, 201).body);
    const version = async () =>
      text((await admin.get(path)).body.metadata.resourceVersion);
    return { ns, path, make, version };
  }

  it('tells creation, change and deletion in order, from the version of a list', async () => {
    const { admin } = suite();
    const { path, make, version } = await space();
    const events = await watch(path, { resourceVersion: await version() });
    const created = await make('a');
    await admin.patch(`${path}/a`, 'merge', {
      metadata: { labels: { x: 'y' } },
    });
    await admin.delete(`${path}/a`);
    const seen = [
      await events.next(),
      await events.next(),
      await events.next(),
    ];
    expect(seen.map(event => event.type)).toEqual([
      'ADDED',
      'MODIFIED',
      'DELETED',
    ]);
    expect(seen[0].object).toEqual(created);
    expect(seen[0].object).toMatchObject({ kind: 'Secret', apiVersion: 'v1' });
    expect(seen[1].object.metadata.labels).toEqual({ x: 'y' });
    const versions = seen.map(event =>
      Number(event.object.metadata.resourceVersion),
    );
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    // The deletion has a version of its own, from which a watch may resume.
    expect(versions[2]).toBeGreaterThan(versions[1]);
  });

  it('resumes after the version it is given', async () => {
    const { path, make, version } = await space();
    await make('a');
    const between = await version();
    await make('b');
    await make('c');
    const events = await watch(path, { resourceVersion: between });
    expect(await told(events)).toBe('ADDED b');
    expect(await told(events)).toBe('ADDED c');
  });

  it('starts with what is there when no version is given', async () => {
    const { path, make } = await space();
    await make('a');
    const events = await watch(path);
    expect(await told(events)).toBe('ADDED a');
    await make('b');
    expect(await told(events)).toBe('ADDED b');
  });

  it('tells objects that enter and leave a selection as added and deleted', async () => {
    const { admin } = suite();
    const { path, make, version } = await space();
    await make('a');
    const events = await watch(path, {
      resourceVersion: await version(),
      labelSelector: 'in=yes',
    });
    await admin.patch(`${path}/a`, 'merge', {
      metadata: { labels: { in: 'yes' } },
    });
    expect(await told(events)).toBe('ADDED a');
    await admin.patch(`${path}/a`, 'merge', {
      metadata: { labels: { in: 'no' } },
    });
    expect(await told(events)).toBe('DELETED a');
    await make('b', { in: 'yes' });
    expect(await told(events)).toBe('ADDED b');
  });

  it('watches one object', async () => {
    const { path, make, version } = await space();
    const from = await version();
    const events = await watch(path, {
      resourceVersion: from,
      fieldSelector: 'metadata.name=b',
    });
    await make('a');
    await make('b');
    expect(await told(events)).toBe('ADDED b');
  });

  it('marks its progress with bookmarks', async () => {
    const { path, make, version } = await space();
    const from = await version();
    // A last bookmark comes shortly before the server ends a watch, if there was anything to pass over.
    const events = await watch(path, {
      resourceVersion: from,
      allowWatchBookmarks: true,
      labelSelector: 'none=here',
      timeoutSeconds: 5,
    });
    await make('a');
    const bookmark = await events.next();
    expect(bookmark).toMatchObject({
      type: 'BOOKMARK',
      object: { kind: 'Secret', apiVersion: 'v1' },
    });
    expect(Number(bookmark.object.metadata.resourceVersion)).toBeGreaterThan(
      Number(from),
    );
    await events.ended;
  });

  it('streams a list and says when it is complete', async () => {
    const { path, make } = await space();
    await make('a');
    await make('b');
    const events = await watch(path, {
      sendInitialEvents: true,
      resourceVersionMatch: 'NotOlderThan',
      allowWatchBookmarks: true,
    });
    expect([await told(events), await told(events)].sort()).toEqual([
      'ADDED a',
      'ADDED b',
    ]);
    const end = await events.next();
    expect(end).toMatchObject({
      type: 'BOOKMARK',
      object: {
        metadata: { annotations: { 'k8s.io/initial-events-end': 'true' } },
      },
    });
    await make('c');
    expect(await told(events)).toBe('ADDED c');
    expectStatus(
      await suite().admin.get(path, { watch: true, sendInitialEvents: true }),
      {
        code: 422,
        reason: 'Invalid',
        details: { causes: [{ field: 'resourceVersionMatch' }] },
      },
    );
  });

  it('ends when the definition of its resource is deleted', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const gadgets = await defineGadgets(suite());
    const paths = [gadgets.path(ns), `/apis/${gadgets.group}/v1/gadgets`];
    expectCode(
      await admin.post(gadgets.path(ns), gadget(gadgets.group, 'g')),
      201,
    );
    const watches = await Promise.all(paths.map(path => watch(path)));
    for (const events of watches) {
      expect(await told(events)).toBe('ADDED g');
    }
    await gadgets.remove();
    for (const events of watches) {
      let last = await told(events);
      while (last !== 'DELETED g') last = await told(events);
      await events.ended;
    }
  });

  it('ends when its time is over', async () => {
    const { path, version } = await space();
    const events = await watch(path, {
      resourceVersion: await version(),
      timeoutSeconds: 1,
    });
    await events.ended;
    await expect(events.next()).rejects.toThrow('the watch has ended');
  });

  it('reports a version that is too old as 410', async () => {
    // The history of a kind starts with its definition, so version 1 is older on every server.
    const gadgets = await defineGadgets(suite());
    const events = await watch(`/apis/${gadgets.group}/v1/gadgets`, {
      resourceVersion: '1',
    });
    expect(await events.next()).toMatchObject({
      type: 'ERROR',
      object: {
        kind: 'Status',
        status: 'Failure',
        code: 410,
        reason: 'Expired',
        message: expect.stringMatching(/^too old resource version: 1 \(\d+\)$/),
      },
    });
    await gadgets.remove();
  });

  it('follows a large burst without losing an event', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = core(ns, 'configmaps');
    const from = text((await admin.get(path)).body.metadata.resourceVersion);
    const events = await watch(path, {
      resourceVersion: from,
      labelSelector: 'burst',
    });
    const expected = Array.from({ length: 200 }, (_, n) => `n-${n}`);
    await Promise.all(
      expected.map(name =>
        admin.post(path, configMap(name, {}, { labels: { burst: 'yes' } })),
      ),
    );
    const seen: string[] = [];
    const versions: number[] = [];
    while (seen.length < expected.length) {
      const { type, object } = await events.next();
      expect(type).toBe('ADDED');
      seen.push(text(object.metadata.name));
      versions.push(Number(object.metadata.resourceVersion));
    }
    expect(seen.sort()).toEqual(expected.sort());
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
  });
}
