import { deployment, pod, service } from './objects';
import { apps, core, expectCode, expectInvalid, SuiteRef } from './suite';

/** What the server fills in, and what it keeps as it is. */
export function defaultsContract(suite: SuiteRef) {
  it('keeps what may not change', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(apps(ns, 'deployments'), deployment('d'));
    const labels = { app: 'other' };
    expectInvalid(
      await admin.patch(apps(ns, 'deployments', 'd'), 'merge', {
        spec: {
          selector: { matchLabels: labels },
          template: { metadata: { labels } },
        },
      }),
      {
        field: 'spec.selector',
        reason: 'FieldValueInvalid',
        message:
          'Invalid value: {"matchLabels":{"app":"other"}}: field is immutable',
      },
    );
    await admin.post(core(ns, 'pods'), pod('p'));
    expectInvalid(
      await admin.patch(core(ns, 'pods', 'p'), 'merge', {
        spec: { nodeSelector: { a: 'b' } },
      }),
      {
        field: 'spec',
        reason: 'FieldValueForbidden',
        message: /^Forbidden: pod updates may not change fields other than /,
      },
    );
    const image = await admin.patch(core(ns, 'pods', 'p'), 'strategic', {
      spec: {
        containers: [{ name: 'main', image: 'registry.example.com/app:2.0' }],
      },
    });
    expectCode(image, 200);
  });

  it('fills in what a client leaves open', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    const made = expectCode(
      await admin.post(core(ns, 'pods'), pod('p')),
      201,
    ).body;
    expect(made).toMatchObject({
      spec: {
        restartPolicy: 'Always',
        terminationGracePeriodSeconds: 30,
        dnsPolicy: 'ClusterFirst',
        serviceAccountName: 'default',
        schedulerName: 'default-scheduler',
        containers: [
          {
            imagePullPolicy: 'IfNotPresent',
            terminationMessagePath: '/dev/termination-log',
            terminationMessagePolicy: 'File',
          },
        ],
      },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    });
    const untagged = await admin.post(
      core(ns, 'pods'),
      pod('q', { container: { image: 'registry.example.com/app' } }),
    );
    expect(untagged.body.spec.containers[0 as never].imagePullPolicy).toBe(
      'Always',
    );
    const rolled = expectCode(
      await admin.post(
        apps(ns, 'deployments'),
        deployment('d', { spec: { replicas: undefined } }),
      ),
      201,
    ).body;
    expect(rolled.spec).toMatchObject({
      replicas: 1,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
      },
    });
    const served = expectCode(
      await admin.post(core(ns, 'services'), service('s')),
      201,
    ).body;
    expect(served.spec).toMatchObject({
      type: 'ClusterIP',
      clusterIP: expect.stringMatching(/^\d+\.\d+\.\d+\.\d+$/),
      sessionAffinity: 'None',
      ports: [{ port: 80, protocol: 'TCP', targetPort: 80 }],
    });
  });
}
