import { createClient } from './client';
import { deployment, pod, service } from './objects';
import {
  apps,
  core,
  eventually,
  expectCode,
  expectInvalid,
  expectStatus,
  SuiteRef,
  text,
} from './suite';

/** Status, scale, logs and the proxy. */
export function subresourcesContract(suite: SuiteRef) {
  it('writes status only through status, and spec only beside it', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    // No scheduler looks at it, so nobody else writes its status.
    const unscheduled = pod('p', { spec: { schedulerName: 'nobody' } });
    await admin.post(core(ns, 'pods'), unscheduled);
    const path = core(ns, 'pods', 'p');
    const conditions = [{ type: 'Ready', status: 'True' }];
    const status = await admin.patch(`${path}/status`, 'strategic', {
      metadata: { labels: { of: 'status' } },
      spec: { activeDeadlineSeconds: 5 },
      status: { phase: 'Running', conditions },
    });
    expect(expectCode(status, 200).body).toMatchObject({
      status: {
        phase: 'Running',
        conditions: expect.arrayContaining([
          expect.objectContaining(conditions[0]),
        ]),
      },
    });
    expect(status.body.spec.activeDeadlineSeconds).toBeUndefined();
    const spec = await admin.patch(path, 'strategic', {
      spec: { activeDeadlineSeconds: 60 },
      status: { phase: 'Failed' },
    });
    expect(expectCode(spec, 200).body).toMatchObject({
      spec: { activeDeadlineSeconds: 60 },
      status: { phase: 'Running' },
    });
  });

  it('takes what a node reports', async () => {
    const { admin, kind } = suite();
    const name = `contract-${kind}-${process.pid}`;
    const made = await admin.post('/api/v1/nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name },
    });
    expectCode(made, 201);
    const reported = await admin.patch(
      `/api/v1/nodes/${name}/status`,
      'strategic',
      {
        status: {
          capacity: { cpu: '4', 'nvidia.com/gpu': '8' },
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      },
    );
    expect(expectCode(reported, 200).body.status).toMatchObject({
      capacity: { cpu: '4', 'nvidia.com/gpu': '8' },
      allocatable: { cpu: '4', 'nvidia.com/gpu': '8' },
    });
    // Conditions are merged by their type.
    const more = await admin.patch(
      `/api/v1/nodes/${name}/status`,
      'strategic',
      {
        status: { conditions: [{ type: 'GpuHealthy', status: 'False' }] },
      },
    );
    expect(more.body.status.conditions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: 'Ready', status: 'True' }),
        expect.objectContaining({ type: 'GpuHealthy', status: 'False' }),
      ]),
    );
    await admin.delete(`/api/v1/nodes/${name}`);
  });

  it('scales', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(apps(ns, 'deployments'), deployment('d'));
    const path = apps(ns, 'deployments', 'd', 'scale');
    expect(expectCode(await admin.get(path), 200).body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name: 'd', namespace: ns },
      spec: {},
      status: { replicas: 0, selector: 'app=d' },
    });
    const replaced = await admin.put(path, {
      apiVersion: 'autoscaling/v1',
      kind: 'Scale',
      metadata: { name: 'd', namespace: ns },
      spec: { replicas: 2 },
    });
    expect(expectCode(replaced, 200).body.spec).toEqual({ replicas: 2 });
    const patched = await admin.patch(path, 'merge', { spec: { replicas: 3 } });
    expect(expectCode(patched, 200).body.spec).toEqual({ replicas: 3 });
    expect(
      (await admin.get(apps(ns, 'deployments', 'd'))).body.spec.replicas,
    ).toBe(3);
    expectInvalid(
      await admin.patch(path, 'merge', { spec: { replicas: -1 } }),
      {
        field: 'spec.replicas',
        reason: 'FieldValueInvalid',
        message: 'Invalid value: -1: must be greater than or equal to 0',
      },
    );
    expectStatus(await admin.get(apps(ns, 'deployments', 'none', 'scale')), {
      code: 404,
      reason: 'NotFound',
    });
  });

  it('issues tokens that name an account and an end', async () => {
    const { admin, namespace, url, caData } = suite();
    const ns = await namespace();
    await admin.post(core(ns, 'serviceaccounts'), {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'robot' },
    });
    const answer = await admin.post(
      core(ns, 'serviceaccounts', 'robot', 'token'),
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'TokenRequest',
        spec: { expirationSeconds: 600 },
      },
    );
    const { token, expirationTimestamp } = expectCode(answer, 201).body.status;
    const claims = JSON.parse(
      Buffer.from(text(token).split('.')[1], 'base64url').toString(),
    );
    expect(claims.sub).toBe(`system:serviceaccount:${ns}:robot`);
    expect(claims.exp).toBe(
      Math.floor(Date.parse(text(expirationTimestamp)) / 1000),
    );
    const robot = createClient({ url, caData, token: text(token) });
    expectStatus(await robot.get(core(ns, 'pods')), {
      code: 403,
      reason: 'Forbidden',
      message: new RegExp(
        `User "system:serviceaccount:${ns}:robot" cannot list`,
      ),
    });
    robot.close();
  });

  it('has no logs of containers and pods that are not there', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    await admin.post(core(ns, 'pods'), pod('p'));
    expectStatus(await admin.get(core(ns, 'pods', 'none', 'log')), {
      code: 404,
      reason: 'NotFound',
      message: 'pods "none" not found',
    });
    expectStatus(
      await admin.get(core(ns, 'pods', 'p', 'log'), { container: 'other' }),
      {
        code: 400,
        reason: 'BadRequest',
        message: 'container other is not valid for pod p',
      },
    );
  });

  it('has nothing to proxy to without a pod, a port or an endpoint', async () => {
    const { admin, namespace } = suite();
    const ns = await namespace();
    expectStatus(
      await admin.get(core(ns, 'pods', 'none:80', 'proxy', 'metrics')),
      {
        code: 404,
        reason: 'NotFound',
        message: 'pods "none" not found',
      },
    );
    expectStatus(
      await admin.get(core(ns, 'services', 'none', 'proxy', 'metrics')),
      {
        code: 404,
        reason: 'NotFound',
        message: 'services "none" not found',
      },
    );
    await admin.post(core(ns, 'services'), service('s'));
    // The real proxy learns of Services by a watch, a moment after they were made.
    const noPort = await eventually(
      () => admin.get(core(ns, 'services', 's:81', 'proxy', 'metrics')),
      answer => answer.status !== 404,
    );
    expectStatus(noPort, {
      code: 503,
      reason: 'ServiceUnavailable',
      message: 'no service port 81 found for service "s"',
    });
    const none = await admin.get(
      core(ns, 'services', 's:80', 'proxy', 'metrics'),
    );
    expectStatus(none, {
      code: 503,
      reason: 'ServiceUnavailable',
      message: 'no endpoints available for service "s"',
    });
  });
}
