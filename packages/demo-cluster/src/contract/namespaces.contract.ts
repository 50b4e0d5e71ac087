import { configMap } from './objects';
import { core, eventually, expectCode, expectStatus, SuiteRef } from './suite';
import { withControllers } from './target';

/** The life of a namespace. */
export function namespacesContract(suite: SuiteRef) {
  it('marks a new namespace with its name and a finalizer', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace({ team: 'search' });
    expect((await admin.get(`/api/v1/namespaces/${ns}`)).body).toMatchObject({
      metadata: {
        labels: { team: 'search', 'kubernetes.io/metadata.name': ns },
      },
      spec: { finalizers: ['kubernetes'] },
      status: { phase: 'Active' },
    });
  });

  withControllers('gives it an account to run as', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    expectCode(await admin.get(core(ns, 'serviceaccounts', 'default')), 200);
  });

  it('has the namespaces that every cluster has', async () => {
    const { admin } = suite();
    for (const name of ['default', 'kube-system', 'kube-public']) {
      expectCode(await admin.get(`/api/v1/namespaces/${name}`), 200);
    }
    expectStatus(await admin.delete('/api/v1/namespaces/default'), {
      code: 403,
      reason: 'Forbidden',
      message:
        'namespaces "default" is forbidden: this namespace may not be deleted',
    });
  });

  withControllers(
    'empties a namespace before it goes, and lets nothing new in',
    async () => {
      const { admin, namespace } = suite();
      const ns = await namespace();
      const held = { finalizers: ['example.com/hold'] };
      await admin.post(core(ns, 'configmaps'), configMap('free'));
      await admin.post(core(ns, 'configmaps'), configMap('held', {}, held));
      const deleted = expectCode(
        await admin.delete(`/api/v1/namespaces/${ns}`),
        200,
      ).body;
      expect(deleted).toMatchObject({
        metadata: { deletionTimestamp: expect.any(String) },
        status: { phase: 'Terminating' },
      });
      expectStatus(
        await admin.post(core(ns, 'configmaps'), configMap('late')),
        {
          code: 403,
          reason: 'Forbidden',
          message: `configmaps "late" is forbidden: unable to create new content in namespace ${ns} because it is being terminated`,
          details: {
            causes: [
              {
                reason: 'NamespaceTerminating',
                message: `namespace ${ns} is being terminated`,
                field: 'metadata.namespace',
              },
            ],
          },
        },
      );
      await eventually(
        () => admin.get(core(ns, 'configmaps', 'free')),
        answer => answer.status === 404,
      );
      const waiting = await admin.get(core(ns, 'configmaps', 'held'));
      expect(waiting.body.metadata.deletionTimestamp).toEqual(
        expect.any(String),
      );
      expectCode(await admin.get(`/api/v1/namespaces/${ns}`), 200);
      await admin.patch(core(ns, 'configmaps', 'held'), 'merge', {
        metadata: { finalizers: null },
      });
      await eventually(
        () => admin.get(`/api/v1/namespaces/${ns}`),
        answer => answer.status === 404,
      );
    },
  );
}
