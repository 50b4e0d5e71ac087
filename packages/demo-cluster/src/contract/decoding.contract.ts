import { enveloped, proto } from './protobuf';
import { configMap, deployment, pod } from './objects';
import { apps, core, expectCode, expectStatus, SuiteRef } from './suite';

/** Reading a body: unknown fields, duplicate fields, wrong types. */
export function decodingContract(suite: SuiteRef) {
  const dryRun = { dryRun: 'All' };
  const deployments = apps('default', 'deployments');
  const pods = core('default', 'pods');
  const configMaps = core('default', 'configmaps');

  describe('unknown and duplicate fields', () => {
    const wrong = () => {
      const wanted = deployment('d', { container: { foo: 1 } });
      return { ...wanted, spec: { ...wanted.spec, bar: 1 } };
    };

    it('are refused when the client asks for it', async () => {
      const { admin } = suite();
      expectStatus(
        await admin.post(deployments, wrong(), {
          ...dryRun,
          fieldValidation: 'Strict',
        }),
        {
          code: 400,
          reason: 'BadRequest',
          message:
            'Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: unknown field "spec.template.spec.containers[0].foo", unknown field "spec.bar"',
        },
      );
      const twice =
        '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"},"data":{"a":"1","a":"2"}}';
      expectStatus(
        await admin.post(configMaps, twice, {
          ...dryRun,
          fieldValidation: 'Strict',
        }),
        {
          code: 400,
          reason: 'BadRequest',
          message:
            'ConfigMap in version "v1" cannot be handled as a ConfigMap: strict decoding error: duplicate field "data.a"',
        },
      );
    });

    it('are warned of by default, and dropped', async () => {
      const { admin } = suite();
      const answer = await admin.post(deployments, wrong(), dryRun);
      expect(expectCode(answer, 201).headers.warning).toBe(
        '299 - "unknown field \\"spec.template.spec.containers[0].foo\\"", 299 - "unknown field \\"spec.bar\\""',
      );
      expect(answer.body.spec.bar).toBeUndefined();
    });

    it('are dropped silently when the client says so', async () => {
      const { admin } = suite();
      const answer = await admin.post(deployments, wrong(), {
        ...dryRun,
        fieldValidation: 'Ignore',
      });
      expect(expectCode(answer, 201).headers.warning).toBeUndefined();
      expect(answer.body.spec.bar).toBeUndefined();
      expectStatus(
        await admin.post(deployments, wrong(), { fieldValidation: 'Maybe' }),
        {
          code: 422,
          reason: 'Invalid',
          details: {
            causes: [
              { field: 'fieldValidation', reason: 'FieldValueNotSupported' },
            ],
          },
        },
      );
    });
  });

  it('reads built-in kinds in protobuf, as Go clients send them', async () => {
    const { admin } = suite();
    const post = (path: string, body: string) =>
      admin.call('POST', path, {
        body,
        query: dryRun,
        contentType: 'application/vnd.kubernetes.protobuf',
      });
    const limits = proto([1, 'memory'], [2, proto([1, '1Gi'])]);
    const container = proto(
      [1, 'c'],
      [2, 'nginx'],
      [4, ''],
      [6, proto([2, 0], [3, 80])],
      [8, proto([1, limits])],
    );
    const spec = proto([2, container], [4, 0], [11, 0]);
    const metadata = proto([1, 'p'], [8, ''], [11, proto([1, 'a'], [2, ''])]);
    const made = await post(
      pods,
      enveloped('v1', 'Pod', proto([1, metadata], [2, spec], [3, ''])),
    );
    const { body } = expectCode(made, 201);
    expect(body.metadata).toMatchObject({ name: 'p', labels: { a: '' } });
    // Of the zeros only a pointer's was meant: that of the grace period, not those of `hostPort` and `hostNetwork`.
    const { ports } = body.spec.containers[0 as never];
    expect(ports).toEqual([{ containerPort: 80, protocol: 'TCP' }]);
    expect(body.spec).toMatchObject({
      terminationGracePeriodSeconds: 0,
      containers: [
        {
          name: 'c',
          image: 'nginx',
          args: [''],
          resources: { limits: { memory: '1Gi' } },
        },
      ],
    });
    expect(Object.keys(body.spec)).not.toContain('hostNetwork');
    const port = proto([3, 80], [4, proto([1, 1], [2, 0], [3, 'http'])]);
    const service = await post(
      core('default', 'services'),
      enveloped(
        'v1',
        'Service',
        proto([1, proto([1, 's'])], [2, proto([1, port])]),
      ),
    );
    expect(expectCode(service, 201).body.spec.ports).toEqual([
      { port: 80, protocol: 'TCP', targetPort: 'http' },
    ]);
    const asked = proto([1, 'default'], [2, 'create'], [5, 'pods']);
    const review = await suite().devSearch.call(
      'POST',
      '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      {
        body: enveloped(
          'authorization.k8s.io/v1',
          'SelfSubjectAccessReview',
          proto([2, proto([1, asked])]),
        ),
        contentType: 'application/vnd.kubernetes.protobuf',
      },
    );
    expect(expectCode(review, 201).body).toMatchObject({
      spec: { resourceAttributes: { verb: 'create', resource: 'pods' } },
      status: { allowed: false },
    });
    expectStatus(await post(pods, 'k8s'), {
      code: 400,
      reason: 'BadRequest',
      message: /provided data does not appear to be a protobuf message/,
    });
  });

  it('refuses values of the wrong type', async () => {
    const { admin } = suite();
    expectStatus(
      await admin.post(
        deployments,
        deployment('d', { spec: { replicas: 'x' } }),
        dryRun,
      ),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'Deployment in version "v1" cannot be handled as a Deployment: json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32',
      },
    );
    expectStatus(
      await admin.post(
        configMaps,
        { ...configMap('a'), data: { a: 1 } },
        dryRun,
      ),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ConfigMap.data of type string',
      },
    );
    expectStatus(
      await admin.post(
        pods,
        pod('p', { container: { resources: { limits: { cpu: 'lots' } } } }),
        dryRun,
      ),
      {
        code: 400,
        reason: 'BadRequest',
        message:
          'Pod in version "v1" cannot be handled as a Pod: quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'',
      },
    );
  });
}
