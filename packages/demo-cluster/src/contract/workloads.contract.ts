import { deployment, pod } from './objects';
import {
  apps,
  array,
  core,
  eventually,
  expectCode,
  inGroup,
  items,
  SuiteRef,
  text,
} from './suite';
import { withControllers } from './target';

/** What controllers make of workloads. Without a scheduler pods may stay Pending: nothing here needs them to run. */
export function workloadsContract(suite: SuiteRef) {
  const select = (labelSelector: string) => ({ labelSelector });

  async function podsOf(ns: string, label: string, count: number) {
    const answer = await eventually(
      () => suite().admin.get(core(ns, 'pods'), select(label)),
      found => items(found).length === count,
    );
    return items(answer);
  }

  withControllers(
    'makes a ReplicaSet and pods of a Deployment, each owned by the one above',
    async () => {
      const { admin, namespace } = suite();
      const ns = await namespace();
      const made = expectCode(
        await admin.post(
          apps(ns, 'deployments'),
          deployment('d', { replicas: 2 }),
        ),
        201,
      ).body;
      const pods = await podsOf(ns, 'app=d', 2);
      const [set] = items(
        await admin.get(apps(ns, 'replicasets'), select('app=d')),
      );
      expect(array(set.metadata.ownerReferences)).toMatchObject([
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'd',
          uid: made.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ]);
      const hash = text(set.metadata.labels['pod-template-hash']);
      expect(text(set.metadata.name)).toBe(`d-${hash}`);
      expect(set.metadata.annotations).toMatchObject({
        'deployment.kubernetes.io/revision': '1',
        'deployment.kubernetes.io/desired-replicas': '2',
      });
      for (const one of pods) {
        expect(array(one.metadata.ownerReferences)).toMatchObject([
          {
            apiVersion: 'apps/v1',
            kind: 'ReplicaSet',
            name: set.metadata.name,
            uid: set.metadata.uid,
            controller: true,
          },
        ]);
        expect(one.metadata.labels).toEqual({
          app: 'd',
          'pod-template-hash': hash,
        });
        expect(text(one.metadata.name)).toMatch(
          new RegExp(`^d-${hash}-[a-z0-9]{5}$`),
        );
        expect(text(one.metadata.generateName)).toBe(`d-${hash}-`);
      }
      const seen = await eventually(
        () => admin.get(apps(ns, 'deployments', 'd')),
        ({ body }) => Number(body.status?.replicas) === 2,
      );
      expect(seen.body.status).toMatchObject({
        observedGeneration: 1,
        updatedReplicas: 2,
      });
      expect(array(seen.body.status.conditions).map(c => text(c.type))).toEqual(
        expect.arrayContaining(['Available', 'Progressing']),
      );
    },
  );

  withControllers('tells what it did in events', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(apps(ns, 'deployments'), deployment('d', { replicas: 1 }));
    const events = await eventually(
      () =>
        admin.get(core(ns, 'events'), {
          fieldSelector: 'involvedObject.kind=Deployment,involvedObject.name=d',
        }),
      answer => items(answer).length > 0,
    );
    expect(items(events)[0]).toMatchObject({
      reason: 'ScalingReplicaSet',
      type: 'Normal',
      message: expect.stringMatching(
        /^Scaled up replica set d-[a-z0-9]+ from 0 to 1$/,
      ),
      involvedObject: { apiVersion: 'apps/v1' },
      source: { component: 'deployment-controller' },
    });
  });

  withControllers(
    'calls a Deployment without a ready pod unavailable, whatever its strategy',
    async () => {
      const { admin, namespace } = suite();
      const ns = await namespace();
      for (const type of ['Recreate', 'RollingUpdate']) {
        const name = type.toLowerCase();
        await admin.post(
          apps(ns, 'deployments'),
          deployment(name, { replicas: 1, spec: { strategy: { type } } }),
        );
        const { body } = await eventually(
          () => admin.get(apps(ns, 'deployments', name)),
          answer => JSON.stringify(answer.body.status).includes('"Available"'),
        );
        expect(array(body.status.conditions)).toContainEqual(
          expect.objectContaining({
            type: 'Available',
            status: 'False',
            reason: 'MinimumReplicasUnavailable',
          }),
        );
        expect(body.status.terminatingReplicas).toBe(0);
      }
    },
  );

  withControllers('follows scale', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(apps(ns, 'deployments'), deployment('d', { replicas: 1 }));
    await podsOf(ns, 'app=d', 1);
    await admin.patch(apps(ns, 'deployments', 'd', 'scale'), 'merge', {
      spec: { replicas: 3 },
    });
    await podsOf(ns, 'app=d', 3);
    await admin.patch(apps(ns, 'deployments', 'd', 'scale'), 'merge', {
      spec: { replicas: 0 },
    });
    await podsOf(ns, 'app=d', 0);
  });

  withControllers('replaces a pod that is deleted', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(apps(ns, 'deployments'), deployment('d', { replicas: 1 }));
    const [first] = await podsOf(ns, 'app=d', 1);
    await admin.delete(core(ns, 'pods', text(first.metadata.name)), {
      gracePeriodSeconds: 0,
    });
    await eventually(
      () => admin.get(core(ns, 'pods'), select('app=d')),
      answer =>
        items(answer).some(
          p => text(p.metadata.uid) !== text(first.metadata.uid),
        ),
    );
  });

  withControllers('rolls a new template out in a new ReplicaSet', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(apps(ns, 'deployments'), deployment('d', { replicas: 1 }));
    await podsOf(ns, 'app=d', 1);
    await admin.patch(apps(ns, 'deployments', 'd'), 'strategic', {
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'main', image: 'registry.example.com/app:2.0' },
            ],
          },
        },
      },
    });
    const sets = await eventually(
      () => admin.get(apps(ns, 'replicasets'), select('app=d')),
      answer => items(answer).length === 2,
    );
    expect(
      items(sets)
        .map(set =>
          text(set.metadata.annotations['deployment.kubernetes.io/revision']),
        )
        .sort(),
    ).toEqual(['1', '2']);
  });

  withControllers('takes a Deployment away with all below it', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(apps(ns, 'deployments'), deployment('d', { replicas: 2 }));
    await podsOf(ns, 'app=d', 2);
    await admin.delete(apps(ns, 'deployments', 'd'), {
      propagationPolicy: 'Foreground',
    });
    await eventually(
      () => admin.get(apps(ns, 'deployments', 'd')),
      answer => answer.status === 404,
    );
    expect(
      items(await admin.get(apps(ns, 'replicasets'), select('app=d'))),
    ).toEqual([]);
    await podsOf(ns, 'app=d', 0);
  });

  withControllers(
    'says in the Deployment why its pods are refused',
    async () => {
      const { admin, namespace } = suite();
      const ns = await namespace({
        'pod-security.kubernetes.io/enforce': 'restricted',
      });
      await admin.post(
        apps(ns, 'deployments'),
        deployment('d', { replicas: 1 }),
      );
      const seen = await eventually(
        () => admin.get(apps(ns, 'deployments', 'd')),
        ({ body }) =>
          array(body.status?.conditions ?? ([] as never)).some(
            c => text(c.type) === 'ReplicaFailure',
          ),
      );
      expect(
        array(seen.body.status.conditions).find(
          c => text(c.type) === 'ReplicaFailure',
        ),
      ).toMatchObject({
        status: 'True',
        reason: 'FailedCreate',
        message: expect.stringMatching(
          /^pods "d-.*" is forbidden: violates PodSecurity "restricted:latest": /,
        ),
      });
    },
  );

  withControllers(
    'makes numbered pods of a StatefulSet and pods of a Job',
    async () => {
      const { admin, namespace } = suite();
      const ns = await namespace();
      const { spec } = deployment('s', { replicas: 2 });
      const labels = { app: 's' };
      expectCode(
        await admin.post(apps(ns, 'statefulsets'), {
          apiVersion: 'apps/v1',
          kind: 'StatefulSet',
          metadata: { name: 's', labels },
          spec: { ...spec, serviceName: 's', podManagementPolicy: 'Parallel' },
        }),
        201,
      );
      const pods = await podsOf(ns, 'app=s', 2);
      expect(pods.map(p => text(p.metadata.name))).toEqual(['s-0', 's-1']);
      expect(pods[0].metadata.labels).toMatchObject({
        'statefulset.kubernetes.io/pod-name': 's-0',
      });
      const template = { spec: { ...pod('x').spec, restartPolicy: 'Never' } };
      expectCode(
        await admin.post(inGroup('batch/v1', ns, 'jobs'), {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: 'j' },
          spec: { template },
        }),
        201,
      );
      const [run] = await podsOf(ns, 'batch.kubernetes.io/job-name=j', 1);
      expect(array(run.metadata.ownerReferences)).toMatchObject([
        { kind: 'Job', name: 'j', controller: true },
      ]);
    },
  );
}
