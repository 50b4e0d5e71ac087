import {
  array,
  apps,
  core,
  eventually,
  expectCode,
  expectStatus,
  names,
  SuiteRef,
  text,
} from './suite';
import { withControllers } from './target';
import { configMap, deployment, pod } from './objects';

/** Create, read, update and delete. */
export function objectsContract(suite: SuiteRef) {
  it('creates an object and gives it an identity', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const created = expectCode(
      await admin.post(
        core(ns, 'configmaps'),
        configMap('a', { color: 'red' }),
        { fieldManager: 'painter' },
      ),
      201,
    ).body;
    expect(created).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: 'a',
        namespace: ns,
        uid: expect.stringMatching(/^[0-9a-f-]{36}$/),
        resourceVersion: expect.stringMatching(/^\d+$/),
        creationTimestamp: expect.stringMatching(/^\d{4}-.*T.*:\d\dZ$/),
        managedFields: [
          {
            manager: 'painter',
            operation: 'Update',
            apiVersion: 'v1',
            fieldsType: 'FieldsV1',
            fieldsV1: { 'f:data': { '.': {}, 'f:color': {} } },
          },
        ],
      },
      data: { color: 'red' },
    });
    const read = await admin.get(core(ns, 'configmaps', 'a'));
    expect(read.body).toEqual(created);
  });

  it('takes the field manager from the user agent when none is named', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const { body } = await admin.post(
      core(ns, 'configmaps'),
      configMap('a', { a: '1' }),
    );
    expect(array(body.metadata.managedFields)[0].manager).toBe('contract');
  });

  it('reads YAML and answers YAML', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const answer = await admin.call('POST', core(ns, 'configmaps'), {
      contentType: 'application/yaml',
      accept: 'application/yaml',
      body: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: written\ndata:\n  a: "1"\n',
    });
    expectCode(answer, 201);
    expect(answer.headers['content-type']).toContain('application/yaml');
    expect(answer.text).toMatch(/^\s+name: written$/m);
  });

  it('refuses a name that is taken and a name that is missing', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(core(ns, 'configmaps'), configMap('a'));
    expectStatus(await admin.post(core(ns, 'configmaps'), configMap('a')), {
      code: 409,
      reason: 'AlreadyExists',
      message: 'configmaps "a" already exists',
      details: { name: 'a', kind: 'configmaps' },
    });
    expectStatus(await admin.get(core(ns, 'configmaps', 'b')), {
      code: 404,
      reason: 'NotFound',
      message: 'configmaps "b" not found',
      details: { name: 'b', kind: 'configmaps' },
    });
    expectStatus(await admin.get(apps(ns, 'deployments', 'b')), {
      code: 404,
      reason: 'NotFound',
      message: 'deployments.apps "b" not found',
      details: { name: 'b', group: 'apps', kind: 'deployments' },
    });
  });

  it('refuses objects for a namespace that is not there or is another', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    expectStatus(
      await admin.post(core('nowhere', 'configmaps'), configMap('a')),
      {
        code: 404,
        reason: 'NotFound',
        message: 'namespaces "nowhere" not found',
      },
    );
    expectStatus(
      await admin.post(
        core(ns, 'configmaps'),
        configMap('a', {}, { namespace: 'default' }),
      ),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'the namespace of the provided object does not match the namespace sent on the request',
      },
    );
  });

  it('makes a name from generateName', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const made = [1, 2].map(() =>
      admin.post(core(ns, 'configmaps'), {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { generateName: 'run-' },
      }),
    );
    const [a, b] = (await Promise.all(made)).map(answer =>
      text(expectCode(answer, 201).body.metadata.name),
    );
    expect(a).toMatch(/^run-[a-z0-9]{5}$/);
    expect(b).toMatch(/^run-[a-z0-9]{5}$/);
    expect(a).not.toBe(b);
  });

  it('replaces an object, once per version', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = core(ns, 'configmaps', 'a');
    const first = (
      await admin.post(core(ns, 'configmaps'), configMap('a', { n: '1' }))
    ).body;
    const second = expectCode(
      await admin.put(path, { ...first, data: { n: '2' } }),
      200,
    ).body;
    expect(Number(second.metadata.resourceVersion)).toBeGreaterThan(
      Number(first.metadata.resourceVersion),
    );
    expect(second.metadata.uid).toBe(first.metadata.uid);
    expectStatus(await admin.put(path, { ...first, data: { n: '3' } }), {
      code: 409,
      reason: 'Conflict',
      message:
        'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
      details: { name: 'a', kind: 'configmaps' },
    });
    // Without a version the last writer wins.
    expectCode(await admin.put(path, configMap('a', { n: '4' })), 200);
    expectStatus(await admin.put(path, configMap('other')), {
      code: 400,
      reason: 'BadRequest',
      message:
        'the name of the object (other) does not match the name on the URL (a)',
    });
    expectStatus(
      await admin.put(
        core(ns, 'configmaps', 'new'),
        configMap('new', {}, { resourceVersion: '5' }),
      ),
      {
        code: 404,
        reason: 'NotFound',
      },
    );
  });

  it('keeps the version when nothing changes', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = core(ns, 'configmaps', 'a');
    const first = (
      await admin.post(core(ns, 'configmaps'), configMap('a', { n: '1' }))
    ).body;
    const again = expectCode(await admin.put(path, first), 200).body;
    expect(again.metadata.resourceVersion).toBe(first.metadata.resourceVersion);
  });

  it('counts generations of the spec only', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = apps(ns, 'deployments', 'd');
    const first = expectCode(
      await admin.post(apps(ns, 'deployments'), deployment('d')),
      201,
    ).body;
    expect(first.metadata.generation).toBe(1);
    const labelled = await admin.patch(path, 'merge', {
      metadata: { labels: { a: 'b' } },
    });
    expect(labelled.body.metadata.generation).toBe(1);
    const changed = await admin.patch(path, 'merge', {
      spec: { minReadySeconds: 3 },
    });
    expect(changed.body.metadata.generation).toBe(2);
  });

  it('deletes, and says what it deleted', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = core(ns, 'configmaps', 'a');
    const { body } = await admin.post(core(ns, 'configmaps'), configMap('a'));
    expect(expectCode(await admin.delete(path), 200).body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'a', kind: 'configmaps', uid: body.metadata.uid },
    });
    expectStatus(await admin.delete(path), { code: 404, reason: 'NotFound' });
  });

  it('holds a delete to its preconditions', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = core(ns, 'configmaps', 'a');
    const { uid } = (await admin.post(core(ns, 'configmaps'), configMap('a')))
      .body.metadata;
    const wrong = '00000000-0000-0000-0000-000000000000';
    expectStatus(await admin.delete(path, { preconditions: { uid: wrong } }), {
      code: 409,
      reason: 'Conflict',
      message: `Operation cannot be fulfilled on ConfigMap "a": the UID in the precondition (${wrong}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    });
    expectCode(await admin.delete(path, { preconditions: { uid } }), 200);
  });

  it('waits for finalizers', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = core(ns, 'configmaps', 'a');
    await admin.post(
      core(ns, 'configmaps'),
      configMap('a', {}, { finalizers: ['example.com/hold'] }),
    );
    const deleted = expectCode(await admin.delete(path), 200).body;
    expect(deleted.metadata.deletionTimestamp).toEqual(expect.any(String));
    expect((await admin.get(path)).body.metadata).toMatchObject({
      finalizers: ['example.com/hold'],
      deletionTimestamp: deleted.metadata.deletionTimestamp,
    });
    expectCode(
      await admin.patch(path, 'merge', { metadata: { finalizers: null } }),
      200,
    );
    expectCode(await admin.get(path), 404);
  });

  it('deletes a selection of a collection', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    for (const [name, tier] of [
      ['a', 'x'],
      ['b', 'x'],
      ['c', 'y'],
    ]) {
      await admin.post(
        core(ns, 'configmaps'),
        configMap(name, {}, { labels: { tier } }),
      );
    }
    expectCode(
      await admin.delete(core(ns, 'configmaps'), undefined, {
        labelSelector: 'tier=x',
      }),
      200,
    );
    const left = await admin.get(core(ns, 'configmaps'), {
      labelSelector: 'tier',
    });
    expect(names(left)).toEqual(['c']);
  });

  withControllers(
    'removes what belongs to a deleted owner, unless told to orphan it',
    async () => {
      const { admin, namespace } = suite();
      const ns = await namespace();
      const owner = async (name: string) => {
        const { uid } = (
          await admin.post(core(ns, 'configmaps'), configMap(name))
        ).body.metadata;
        const ownerReferences = [
          { apiVersion: 'v1', kind: 'ConfigMap', name, uid },
        ];
        expectCode(
          await admin.post(
            core(ns, 'configmaps'),
            configMap(`${name}-child`, {}, { ownerReferences }),
          ),
          201,
        );
      };
      await owner('kept');
      await owner('swept');
      await admin.delete(core(ns, 'configmaps', 'kept'), {
        propagationPolicy: 'Orphan',
      });
      await admin.delete(core(ns, 'configmaps', 'swept'), {
        propagationPolicy: 'Background',
      });
      await eventually(
        () => admin.get(core(ns, 'configmaps', 'swept-child')),
        answer => answer.status === 404,
      );
      const kept = await eventually(
        () => admin.get(core(ns, 'configmaps', 'kept-child')),
        answer => answer.body.metadata?.ownerReferences === undefined,
      );
      expectCode(kept, 200);
    },
  );

  it('refuses bodies it cannot read', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = core(ns, 'configmaps');
    expectStatus(await admin.call('POST', path, { body: '{"kind":' }), {
      code: 400,
      reason: 'BadRequest',
    });
    expectStatus(await admin.post(path, pod('p')), {
      code: 400,
      reason: 'BadRequest',
      message:
        /^the object provided is unrecognized|does not match the expected|Pod in version "v1" cannot be handled as a ConfigMap/,
    });
    expectStatus(
      await admin.call('POST', path, { body: 'x', contentType: 'text/plain' }),
      {
        code: 415,
        reason: 'UnsupportedMediaType',
      },
    );
    expectStatus(await admin.call('PUT', path, { body: '{}' }), {
      code: 405,
      reason: 'MethodNotAllowed',
      message:
        'the server does not allow this method on the requested resource',
    });
  });
}
