import { deployment, pod } from './objects';
import {
  apps,
  core,
  eventually,
  expectCode,
  expectStatus,
  SuiteRef,
  text,
} from './suite';
import { withControllers } from './target';

/** What a namespace allows: quota, limits and Pod Security. */
export function admissionContract(suite: SuiteRef) {
  const gpus = (count: number) => ({
    resources: { limits: { 'nvidia.com/gpu': String(count) } },
  });

  async function quota(ns: string, name: string, hard: Record<string, string>) {
    const { admin } = suite();
    expectCode(
      await admin.post(core(ns, 'resourcequotas'), {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name },
        spec: { hard },
      }),
      201,
    );
    await used(ns, name, Object.keys(hard)[0], () => true);
  }

  /** Waits until the quota's count of a resource is accepted. */
  function used(
    ns: string,
    name: string,
    resource: string,
    accept: (count: string) => boolean,
  ) {
    return eventually(
      () => suite().admin.get(core(ns, 'resourcequotas', name)),
      ({ body }) => {
        const count = body.status?.used?.[resource];
        return count !== undefined && accept(text(count));
      },
    );
  }

  withControllers('holds a namespace to its GPU quota', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await quota(ns, 'gpus', { 'requests.nvidia.com/gpu': '2', pods: '3' });
    expectCode(
      await admin.post(core(ns, 'pods'), pod('a', { container: gpus(1) })),
      201,
    );
    expectStatus(
      await admin.post(core(ns, 'pods'), pod('b', { container: gpus(2) })),
      {
        code: 403,
        reason: 'Forbidden',
        message:
          'pods "b" is forbidden: exceeded quota: gpus, requested: requests.nvidia.com/gpu=2, used: requests.nvidia.com/gpu=1, limited: requests.nvidia.com/gpu=2',
        details: { name: 'b', kind: 'pods' },
      },
    );
    for (const name of ['c', 'd'])
      expectCode(await admin.post(core(ns, 'pods'), pod(name)), 201);
    expectStatus(
      await admin.post(core(ns, 'pods'), pod('e', { container: gpus(2) })),
      {
        code: 403,
        reason: 'Forbidden',
        message:
          'pods "e" is forbidden: exceeded quota: gpus, requested: pods=1,requests.nvidia.com/gpu=2, used: pods=3,requests.nvidia.com/gpu=1, limited: pods=3,requests.nvidia.com/gpu=2',
      },
    );
    await admin.delete(core(ns, 'pods', 'a'), { gracePeriodSeconds: 0 });
    await used(ns, 'gpus', 'requests.nvidia.com/gpu', count => count === '0');
    expectCode(
      await admin.post(core(ns, 'pods'), pod('f', { container: gpus(2) })),
      201,
    );
    expect(
      (await admin.get(core(ns, 'resourcequotas', 'gpus'))).body.status,
    ).toEqual({
      hard: { pods: '3', 'requests.nvidia.com/gpu': '2' },
      used: { pods: '3', 'requests.nvidia.com/gpu': '2' },
    });
  });

  withControllers(
    'asks for requests and limits where a quota counts them',
    async () => {
      const { admin, namespace } = suite();
      const ns = await namespace();
      await quota(ns, 'compute', {
        'requests.cpu': '2',
        'limits.memory': '1Gi',
      });
      expectStatus(await admin.post(core(ns, 'pods'), pod('a')), {
        code: 403,
        reason: 'Forbidden',
        message:
          'pods "a" is forbidden: failed quota: compute: must specify limits.memory for: main; requests.cpu for: main',
      });
      const resources = {
        requests: { cpu: '1500m' },
        limits: { memory: '512Mi' },
      };
      expectCode(
        await admin.post(
          core(ns, 'pods'),
          pod('a', { container: { resources } }),
        ),
        201,
      );
      await used(ns, 'compute', 'requests.cpu', count => count === '1500m');
      expectStatus(
        await admin.post(
          core(ns, 'pods'),
          pod('b', { container: { resources } }),
        ),
        {
          code: 403,
          reason: 'Forbidden',
          message:
            'pods "b" is forbidden: exceeded quota: compute, requested: requests.cpu=1500m, used: requests.cpu=1500m, limited: requests.cpu=2',
        },
      );
    },
  );

  it('fills in and holds to the limits of a namespace', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    expectCode(
      await admin.post(core(ns, 'limitranges'), {
        apiVersion: 'v1',
        kind: 'LimitRange',
        metadata: { name: 'limits' },
        spec: {
          limits: [
            {
              type: 'Container',
              default: { cpu: '500m' },
              defaultRequest: { cpu: '250m' },
              max: { memory: '1Gi' },
            },
          ],
        },
      }),
      201,
    );
    const given = await eventually(
      () => admin.post(core(ns, 'pods'), pod('a'), { dryRun: 'All' }),
      ({ body }) =>
        body.spec.containers[0 as never].resources.limits !== undefined,
    );
    expect(given.body.spec.containers[0 as never].resources).toEqual({
      limits: { cpu: '500m', memory: '1Gi' },
      requests: { cpu: '250m', memory: '1Gi' },
    });
    const big = { resources: { limits: { memory: '2Gi' } } };
    expectStatus(
      await admin.post(core(ns, 'pods'), pod('b', { container: big })),
      {
        code: 403,
        reason: 'Forbidden',
        message:
          'pods "b" is forbidden: maximum memory usage per Container is 1Gi, but limit is 2Gi',
      },
    );
  });

  const restricted = {
    allowPrivilegeEscalation: false,
    runAsNonRoot: true,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  };

  it('admits only restricted pods where the namespace says so', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace({
      'pod-security.kubernetes.io/enforce': 'restricted',
    });
    expectStatus(await admin.post(core(ns, 'pods'), pod('a')), {
      code: 403,
      reason: 'Forbidden',
      message:
        'pods "a" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "main" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "main" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "main" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "main" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
      details: { name: 'a', kind: 'pods' },
    });
    expectCode(
      await admin.post(
        core(ns, 'pods'),
        pod('b', { container: { securityContext: restricted } }),
      ),
      201,
    );
  });

  it('admits all but the dangerous where the namespace says baseline', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace({
      'pod-security.kubernetes.io/enforce': 'baseline',
    });
    expectCode(await admin.post(core(ns, 'pods'), pod('a')), 201);
    const dangerous = pod('b', {
      container: { securityContext: { privileged: true } },
      spec: {
        hostNetwork: true,
        volumes: [{ name: 'root', hostPath: { path: '/' } }],
      },
    });
    expectStatus(await admin.post(core(ns, 'pods'), dangerous), {
      code: 403,
      reason: 'Forbidden',
      message:
        'pods "b" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true), hostPath volumes (volume "root"), privileged (container "main" must not set securityContext.privileged=true)',
    });
  });

  it('warns of a template whose pods will be refused', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace({
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/warn': 'restricted',
    });
    const answer = await admin.post(apps(ns, 'deployments'), deployment('d'), {
      dryRun: 'All',
    });
    expect(expectCode(answer, 201).headers.warning).toMatch(
      /^299 - "would violate PodSecurity \\"restricted:latest\\": allowPrivilegeEscalation != false /,
    );
  });
}
