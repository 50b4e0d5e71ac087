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
