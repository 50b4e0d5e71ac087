import { PatchType } from './client';
import { container, configMap, deployment } from './objects';
import {
  apps,
  array,
  core,
  expectCode,
  expectInvalid,
  expectStatus,
  SuiteRef,
  text,
} from './suite';

/** JSON merge patch, JSON patch and strategic merge patch. */
export function patchesContract(suite: SuiteRef) {
  async function withConfigMap(data: Record<string, string>) {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const { body } = await admin.post(
      core(ns, 'configmaps'),
      configMap('a', data),
    );
    return { path: core(ns, 'configmaps', 'a'), body };
  }

  async function withDeployment(podSpec: object) {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const wanted = deployment('d');
    const spec = { ...wanted.spec.template.spec, ...podSpec };
    const template = { ...wanted.spec.template, spec };
    const answer = await admin.post(apps(ns, 'deployments'), {
      ...wanted,
      spec: { ...wanted.spec, template },
    });
    expectCode(answer, 201);
    const path = apps(ns, 'deployments', 'd');
    return {
      path,
      strategic: async (patch: object) => {
        const patched = await admin.patch(path, 'strategic', {
          spec: { template: { spec: patch } },
        });
        return expectCode(patched, 200).body.spec.template.spec;
      },
    };
  }

  it('merges, and removes what is null', async () => {
    const { admin } = suite();
    const { path, body } = await withConfigMap({ a: '1', b: '2' });
    const patched = expectCode(
      await admin.patch(path, 'merge', { data: { b: null, c: '3' } }),
      200,
    ).body;
    expect(patched.data).toEqual({ a: '1', c: '3' });
    expect(patched.metadata.resourceVersion).not.toBe(
      body.metadata.resourceVersion,
    );
    const same = await admin.patch(path, 'merge', { data: { c: '3' } });
    expect(same.body.metadata.resourceVersion).toBe(
      patched.metadata.resourceVersion,
    );
  });

  it('replaces whole arrays in a merge patch', async () => {
    const { admin } = suite();
    const { path } = await withDeployment({
      containers: [container(), container({ name: 'side' })],
    });
    const patched = await admin.patch(path, 'merge', {
      spec: {
        template: { spec: { containers: [container({ name: 'only' })] } },
      },
    });
    expect(
      array(patched.body.spec.template.spec.containers).map(c => c.name),
    ).toEqual(['only']);
  });

  it('applies the operations of a JSON patch all or not at all', async () => {
    const { admin } = suite();
    const { path } = await withConfigMap({ a: '1', b: '2' });
    const patched = await admin.patch(path, 'json', [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'replace', path: '/data/a', value: '9' },
      { op: 'add', path: '/data/c~1d', value: 'x' },
      { op: 'move', from: '/data/b', path: '/data/e' },
      { op: 'copy', from: '/data/a', path: '/data/f' },
    ]);
    // A key with a slash is no valid key of a ConfigMap: nothing of the patch may stay.
    expectStatus(patched, { code: 422, reason: 'Invalid' });
    const valid = await admin.patch(path, 'json', [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'replace', path: '/data/a', value: '9' },
      { op: 'move', from: '/data/b', path: '/data/e' },
      { op: 'copy', from: '/data/a', path: '/data/f' },
    ]);
    expect(expectCode(valid, 200).body.data).toEqual({
      a: '9',
      e: '2',
      f: '9',
    });
    for (const operation of [
      { op: 'test', path: '/data/a', value: 'other' },
      { op: 'remove', path: '/data/none' },
    ]) {
      expectStatus(
        await admin.patch(path, 'json', [
          { op: 'replace', path: '/data/e', value: 'lost' },
          operation,
        ]),
        {
          code: 422,
          reason: 'Invalid',
          message:
            'the server rejected our request due to an error in our request',
        },
      );
    }
    expect((await admin.get(path)).body.data).toEqual({
      a: '9',
      e: '2',
      f: '9',
    });
  });

  it('merges lists by their keys in a strategic patch', async () => {
    const { strategic } = await withDeployment({
      containers: [
        container({
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
          ports: [{ containerPort: 80 }],
        }),
        container({ name: 'side' }),
      ],
      volumes: [{ name: 'v', emptyDir: {} }],
      tolerations: [{ key: 'old', operator: 'Exists' }],
    });
    const spec = await strategic({
      containers: [
        {
          name: 'main',
          image: 'registry.example.com/app:2.0',
          env: [
            { name: 'B', value: '3' },
            { name: 'C', value: '4' },
          ],
          ports: [{ containerPort: 81 }],
        },
      ],
      volumes: [{ name: 'w', emptyDir: {} }],
      tolerations: [{ key: 'new', operator: 'Exists' }],
    });
    const main = array(spec.containers).find(c => text(c.name) === 'main');
    expect(
      array(spec.containers)
        .map(c => text(c.name))
        .sort(),
    ).toEqual(['main', 'side']);
    expect(main?.image).toBe('registry.example.com/app:2.0');
    const env = array(main?.env as never).map(e => `${e.name}=${e.value}`);
    expect(env.sort()).toEqual(['A=1', 'B=3', 'C=4']);
    expect(
      array(main?.ports as never)
        .map(p => Number(p.containerPort))
        .sort(),
    ).toEqual([80, 81]);
    expect(
      array(spec.volumes)
        .map(v => text(v.name))
        .sort(),
    ).toEqual(['v', 'w']);
    // Tolerations have no merge key: the list is replaced.
    expect(array(spec.tolerations).map(t => t.key)).toEqual(['new']);
  });

  it('knows the directives of a strategic patch', async () => {
    const { admin } = suite();
    const { path, strategic } = await withDeployment({
      containers: [
        container({
          env: [
            { name: 'A', value: '1' },
            { name: 'B', value: '2' },
          ],
        }),
        container({ name: 'side' }),
      ],
      nodeSelector: { a: '1', b: '2' },
    });
    const spec = await strategic({
      containers: [
        { name: 'side', $patch: 'delete' },
        { name: 'main', env: [{ name: 'A', $patch: 'delete' }] },
      ],
      nodeSelector: { a: null },
    });
    expect(array(spec.containers).map(c => c.name)).toEqual(['main']);
    expect(array(spec.containers)[0].env).toEqual([{ name: 'B', value: '2' }]);
    expect(spec.nodeSelector).toEqual({ b: '2' });
    const ordered = await strategic({
      $setElementOrder: undefined,
      '$setElementOrder/containers': [{ name: 'first' }, { name: 'main' }],
      containers: [container({ name: 'first' })],
    });
    expect(array(ordered.containers).map(c => c.name)).toEqual([
      'first',
      'main',
    ]);
    const recreate = await admin.patch(path, 'strategic', {
      spec: { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
    });
    expect(expectCode(recreate, 200).body.spec.strategy).toEqual({
      type: 'Recreate',
    });
  });

  it('refuses a patch for another version, another name, another identity', async () => {
    const { admin } = suite();
    const { path } = await withConfigMap({ a: '1' });
    expectStatus(
      await admin.patch(path, 'merge', {
        metadata: { resourceVersion: '1' },
        data: { a: '2' },
      }),
      {
        code: 409,
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
      },
    );
    expectStatus(
      await admin.patch(path, 'merge', { metadata: { name: 'b' } }),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'the name of the object (b) does not match the name on the URL (a)',
      },
    );
    expectStatus(await admin.patch(path, 'merge', { metadata: { uid: 'x' } }), {
      code: 422,
      reason: 'Invalid',
      details: {
        causes: expect.arrayContaining([
          expect.objectContaining({ field: 'metadata.uid' }),
        ]),
      },
    });
  });

  it('refuses a patch it cannot read, or for what is not there', async () => {
    const { admin } = suite();
    const { path } = await withConfigMap({ a: '1' });
    expectStatus(await admin.patch(path, 'json', { a: 1 }), {
      code: 400,
      reason: 'BadRequest',
      message: /^error decoding patch: /,
    });
    expectStatus(
      await admin.call('PATCH', path, {
        body: { a: 1 },
        contentType: 'application/json',
      }),
      {
        code: 415,
        reason: 'UnsupportedMediaType',
      },
    );
    expectStatus(await admin.patch(`${path}-missing`, 'merge', { data: {} }), {
      code: 404,
      reason: 'NotFound',
      message: 'configmaps "a-missing" not found',
    });
  });

  it('refuses a patch that gives a field a value of another type', async () => {
    const { admin } = suite();
    const { path } = await withDeployment({});
    const refused = async (type: PatchType, patch: unknown, message: RegExp) =>
      expectInvalid(await admin.patch(path, type, patch), {
        field: 'patch',
        reason: 'FieldValueInvalid',
        message,
      });
    await refused(
      'strategic',
      {
        spec: {
          replicas: 'a',
          template: { spec: { containers: [{ name: 'c' }] } },
        },
      },
      /^Invalid value: "map\[spec:map\[replicas:a template:map\[spec:map\[containers:\[map\[name:c\]\]\]\]\]\]": unrecognized type: int32$/,
    );
    await refused(
      'strategic',
      { metadata: { labels: 'x' } },
      /cannot restore map from string$/,
    );
    await refused(
      'strategic',
      { spec: { template: { spec: { containers: 'x' } } } },
      /cannot restore slice from string$/,
    );
    await refused(
      'strategic',
      { spec: { template: 'x' } },
      /cannot restore struct from: string$/,
    );
    await refused(
      'strategic',
      { spec: { strategy: { rollingUpdate: { maxSurge: true } } } },
      /json: cannot unmarshal bool into Go value of type int32$/,
    );
    await refused(
      'merge',
      { spec: { replicas: 'a' } },
      /^Invalid value: "\{.*\\"replicas\\":\\"a\\".*\}": json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32$/,
    );
    await refused(
      'json',
      [{ op: 'add', path: '/spec/paused', value: 1 }],
      /json: cannot unmarshal number into Go struct field DeploymentSpec.spec.paused of type bool$/,
    );
  });

  it('names unknown fields of a patch', async () => {
    const { admin } = suite();
    const { path } = await withConfigMap({ a: '1' });
    for (const type of ['merge', 'strategic'] as const) {
      expectStatus(
        await admin.patch(
          path,
          type,
          { dat: { a: '3' } },
          { fieldValidation: 'Strict' },
        ),
        {
          code: 422,
          reason: 'Invalid',
          message: /strict decoding error: unknown field "dat"$/,
        },
      );
    }
    const warned = await admin.patch(
      path,
      'merge',
      { dat: { a: '3' } },
      { fieldValidation: 'Warn' },
    );
    expect(expectCode(warned, 200).headers.warning).toBe(
      '299 - "unknown field \\"dat\\""',
    );
  });
}
