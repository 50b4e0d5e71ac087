import { KubeJson } from './client';
import { configMap, deployment } from './objects';
import {
  apps,
  array,
  core,
  expectCode,
  expectStatus,
  SuiteRef,
  text,
} from './suite';

/** Server-side apply: ownership, conflicts, force and giving up fields. */
export function appliesContract(suite: SuiteRef) {
  async function space() {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = core(ns, 'configmaps', 'a');
    const apply = (
      fieldManager: string,
      data: Record<string, string>,
      query = {},
    ) =>
      admin.patch(path, 'apply', configMap('a', data), {
        fieldManager,
        ...query,
      });
    return { ns, path, apply };
  }

  /** managedFields as `manager operation` to the fields below `f:data`. */
  function owners(object: KubeJson) {
    return Object.fromEntries(
      array(object.metadata.managedFields).map(entry => [
        `${entry.manager} ${entry.operation}`,
        Object.keys(entry.fieldsV1['f:data'] ?? {})
          .filter(key => key !== '.')
          .sort(),
      ]),
    );
  }

  it('creates what is not there and records who owns which field', async () => {
    const { apply } = await space();
    const created = expectCode(
      await apply('alice', { color: 'red' }),
      201,
    ).body;
    expect(created.data).toEqual({ color: 'red' });
    expect(created.metadata.managedFields).toEqual([
      {
        manager: 'alice',
        operation: 'Apply',
        apiVersion: 'v1',
        time: expect.any(String),
        fieldsType: 'FieldsV1',
        fieldsV1: { 'f:data': { 'f:color': {} } },
      },
    ]);
    const again = expectCode(await apply('alice', { color: 'red' }), 200).body;
    expect(again.metadata.resourceVersion).toBe(
      created.metadata.resourceVersion,
    );
  });

  it('names the field and its owner when two managers disagree', async () => {
    const { apply } = await space();
    await apply('alice', { a: '1', b: '1' });
    expectStatus(await apply('bob', { a: '2' }), {
      code: 409,
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "alice": .data.a',
      details: {
        causes: [
          {
            reason: 'FieldManagerConflict',
            message: 'conflict with "alice"',
            field: '.data.a',
          },
        ],
      },
    });
    expectStatus(await apply('bob', { a: '2', b: '2' }), {
      code: 409,
      reason: 'Conflict',
      message:
        'Apply failed with 2 conflicts: conflicts with "alice":\n- .data.a\n- .data.b',
      details: { causes: [{ field: '.data.a' }, { field: '.data.b' }] },
    });
  });

  it('names those who wrote without apply with the version they used', async () => {
    const { admin } = suite();
    const { path, apply } = await space();
    await apply('alice', { a: '1' });
    await admin.patch(
      path,
      'merge',
      { data: { c: '1' } },
      { fieldManager: 'carl' },
    );
    expectStatus(await apply('bob', { a: '2', c: '2' }), {
      code: 409,
      reason: 'Conflict',
      message:
        'Apply failed with 2 conflicts: conflicts with "alice":\n- .data.a\nconflicts with "carl" using v1:\n- .data.c',
    });
  });

  it('takes a field by force', async () => {
    const { apply } = await space();
    await apply('alice', { a: '1', b: '1' });
    const forced = expectCode(
      await apply('bob', { a: '2' }, { force: true }),
      200,
    ).body;
    expect(forced.data).toEqual({ a: '2', b: '1' });
    expect(owners(forced)).toEqual({
      'alice Apply': ['f:b'],
      'bob Apply': ['f:a'],
    });
  });

  it('lets two managers own a field they agree on', async () => {
    const { apply } = await space();
    await apply('alice', { a: '1' });
    const shared = expectCode(await apply('bob', { a: '1', b: '2' }), 200).body;
    expect(owners(shared)).toEqual({
      'alice Apply': ['f:a'],
      'bob Apply': ['f:a', 'f:b'],
    });
    expectStatus(await apply('alice', { a: '9' }), {
      code: 409,
      reason: 'Conflict',
    });
  });

  it('removes a field that its only owner no longer applies, and keeps a shared one', async () => {
    const { apply } = await space();
    await apply('alice', { mine: '1', shared: '1' });
    await apply('bob', { shared: '1' });
    const left = expectCode(await apply('alice', { other: '1' }), 200).body;
    expect(left.data).toEqual({ shared: '1', other: '1' });
    expect(owners(left)).toEqual({
      'alice Apply': ['f:other'],
      'bob Apply': ['f:shared'],
    });
  });

  it('hands a field over to whoever writes it', async () => {
    const { admin } = suite();
    const { path, apply } = await space();
    await apply('alice', { a: '1', b: '1' });
    const written = await admin.patch(
      path,
      'merge',
      { data: { a: '5' } },
      { fieldManager: 'carl' },
    );
    expect(owners(written.body)).toEqual({
      'alice Apply': ['f:b'],
      'carl Update': ['f:a'],
    });
  });

  it('owns entries of keyed lists one by one', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = apps(ns, 'deployments', 'd');
    const wanted = deployment('d', {
      container: { env: [{ name: 'A', value: '1' }] },
    });
    expectCode(
      await admin.patch(path, 'apply', wanted, { fieldManager: 'alice' }),
      201,
    );
    const addition = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'd' },
      spec: {
        template: {
          spec: {
            containers: [{ name: 'main', env: [{ name: 'B', value: '2' }] }],
          },
        },
      },
    };
    const both = expectCode(
      await admin.patch(path, 'apply', addition, { fieldManager: 'bob' }),
      200,
    ).body;
    const [main] = array(both.spec.template.spec.containers);
    expect(
      array(main.env)
        .map(env => text(env.name))
        .sort(),
    ).toEqual(['A', 'B']);
    expect(main.image).toBe('registry.example.com/app:1.0');
    const bob = array(both.metadata.managedFields).find(
      entry => text(entry.manager) === 'bob',
    );
    expect(bob?.fieldsV1['f:spec']).toEqual({
      'f:template': {
        'f:spec': {
          'f:containers': {
            'k:{"name":"main"}': {
              '.': {},
              'f:name': {},
              'f:env': {
                'k:{"name":"B"}': { '.': {}, 'f:name': {}, 'f:value': {} },
              },
            },
          },
        },
      },
    });
    const conflict = await admin.patch(
      path,
      'apply',
      {
        ...addition,
        spec: {
          replicas: 3,
          template: { spec: { containers: [{ name: 'main', image: 'x' }] } },
        },
      },
      { fieldManager: 'bob' },
    );
    expectStatus(conflict, {
      code: 409,
      reason: 'Conflict',
      details: {
        causes: [
          { field: '.spec.replicas' },
          { field: '.spec.template.spec.containers[name="main"].image' },
        ],
      },
    });
    // Giving up its entry removes it and nothing else.
    const gone = await admin.patch(
      path,
      'apply',
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'd' } },
      { fieldManager: 'bob' },
    );
    const [after] = array(
      expectCode(gone, 200).body.spec.template.spec.containers,
    );
    expect(array(after.env).map(env => env.name)).toEqual(['A']);
  });

  it('reads YAML', async () => {
    const { admin } = suite();
    const { path } = await space();
    const yaml =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  k: v\n';
    const answer = await admin.patch(path, 'apply', yaml, {
      fieldManager: 'alice',
    });
    expect(expectCode(answer, 201).body.data).toEqual({ k: 'v' });
  });

  it('refuses an apply without manager, with managedFields, of another object', async () => {
    const { admin } = suite();
    const { path } = await space();
    expectStatus(await admin.patch(path, 'apply', configMap('a')), {
      code: 422,
      reason: 'Invalid',
      message:
        'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    });
    const asAlice = { fieldManager: 'alice' };
    await admin.patch(path, 'apply', configMap('a', { a: '1' }), asAlice);
    expectStatus(
      await admin.patch(
        path,
        'apply',
        configMap('a', {}, { managedFields: [{ manager: 'x' }] }),
        asAlice,
      ),
      {
        code: 400,
        reason: 'BadRequest',
        message: 'metadata.managedFields must be nil',
      },
    );
    expectStatus(await admin.patch(path, 'apply', configMap('b'), asAlice), {
      code: 400,
      reason: 'BadRequest',
      message:
        'the name of the object (b) does not match the name on the URL (a)',
    });
    expectStatus(
      await admin.patch(path, 'merge', { data: {} }, { force: true }),
      {
        code: 422,
        reason: 'Invalid',
        details: {
          causes: [{ reason: 'FieldValueForbidden', field: 'force' }],
        },
      },
    );
    const unknown = await admin.patch(
      path,
      'apply',
      { ...configMap('a'), spec: { a: 1 } },
      asAlice,
    );
    expectCode(unknown, 500);
    expect(unknown.body.message).toMatch(
      /^failed to create typed patch object .*: \.spec: field not declared in schema$/,
    );
  });
}
