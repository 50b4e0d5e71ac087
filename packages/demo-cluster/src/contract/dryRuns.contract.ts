import { configMap, deployment } from './objects';
import { apps, core, expectCode, expectStatus, names, SuiteRef } from './suite';

/** `dryRun=All` answers like the real thing and leaves nothing. */
export function dryRunsContract(suite: SuiteRef) {
  const dryRun = { dryRun: 'All' };

  it('creates nothing', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const answer = await admin.post(
      apps(ns, 'deployments'),
      deployment('d'),
      dryRun,
    );
    expect(expectCode(answer, 201).body).toMatchObject({
      metadata: {
        name: 'd',
        uid: expect.any(String),
        creationTimestamp: expect.any(String),
      },
      spec: { strategy: { type: 'RollingUpdate' } },
    });
    expect(answer.body.metadata.resourceVersion).toBeUndefined();
    expect(names(await admin.get(apps(ns, 'deployments')))).toEqual([]);
  });

  it('changes nothing', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = core(ns, 'configmaps', 'a');
    const before = (
      await admin.post(core(ns, 'configmaps'), configMap('a', { n: '1' }))
    ).body;
    const replaced = await admin.put(
      path,
      { ...before, data: { n: '2' } },
      dryRun,
    );
    expect(expectCode(replaced, 200).body.data).toEqual({ n: '2' });
    const merged = await admin.patch(
      path,
      'merge',
      { data: { n: '3' } },
      dryRun,
    );
    expect(expectCode(merged, 200).body.data).toEqual({ n: '3' });
    const applied = await admin.patch(
      path,
      'apply',
      configMap('a', { m: '4' }),
      { ...dryRun, fieldManager: 'alice' },
    );
    expect(expectCode(applied, 200).body.data).toEqual({ n: '1', m: '4' });
    expect((await admin.get(path)).body).toEqual(before);
  });

  it('tells the generation that a change of the spec would get', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(
      apps(ns, 'deployments'),
      deployment('d', { spec: { replicas: 0, paused: true } }),
    );
    const path = apps(ns, 'deployments', 'd');
    const { generation } = (await admin.get(path)).body.metadata;
    const patched = async (patch: object) =>
      expectCode(await admin.patch(path, 'merge', patch, dryRun), 200).body
        .metadata.generation;
    expect(await patched({ spec: { minReadySeconds: 5 } })).toBe(
      Number(generation) + 1,
    );
    expect(await patched({ metadata: { labels: { a: 'b' } } })).toBe(
      generation,
    );
  });

  it('deletes nothing', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const path = core(ns, 'configmaps', 'a');
    const before = (await admin.post(core(ns, 'configmaps'), configMap('a')))
      .body;
    expectCode(await admin.delete(path, undefined, dryRun), 200);
    expectCode(
      await admin.delete(core(ns, 'configmaps'), undefined, dryRun),
      200,
    );
    expect((await admin.get(path)).body).toEqual(before);
  });

  it('still refuses what is wrong', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(core(ns, 'configmaps'), configMap('a'));
    expectStatus(
      await admin.post(core(ns, 'configmaps'), configMap('a'), dryRun),
      { code: 409, reason: 'AlreadyExists' },
    );
    expectStatus(
      await admin.post(core(ns, 'configmaps'), configMap('A_b'), dryRun),
      { code: 422, reason: 'Invalid' },
    );
    expectStatus(
      await admin.post(core(ns, 'configmaps'), configMap('b'), {
        dryRun: 'Yes',
      }),
      {
        code: 422,
        reason: 'Invalid',
        message:
          'CreateOptions.meta.k8s.io "" is invalid: dryRun: Unsupported value: ["Yes"]: supported values: "All"',
      },
    );
  });
}
