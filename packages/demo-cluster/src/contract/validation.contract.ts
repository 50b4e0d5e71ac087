import { configMap, container, deployment, pod, service } from './objects';
import {
  apps,
  core,
  expectCode,
  expectInvalid,
  inGroup,
  SuiteRef,
} from './suite';

const SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

/** What is refused, with the field that is wrong and the words that say so. */
export function validationContract(suite: SuiteRef) {
  const dryRun = { dryRun: 'All' };
  const deployments = apps('default', 'deployments');
  const pods = core('default', 'pods');
  const configMaps = core('default', 'configmaps');

  it('refuses names and labels that are none', async () => {
    const { admin } = suite();
    const bad = await admin.post(configMaps, configMap('A_b'), dryRun);
    expectInvalid(bad, {
      field: 'metadata.name',
      reason: 'FieldValueInvalid',
      message: `Invalid value: "A_b": ${SUBDOMAIN}`,
    });
    expect(bad.body).toMatchObject({
      message: `ConfigMap "A_b" is invalid: metadata.name: Invalid value: "A_b": ${SUBDOMAIN}`,
      details: { name: 'A_b', kind: 'ConfigMap' },
    });
    expectInvalid(
      await admin.post(
        configMaps,
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: {} },
        dryRun,
      ),
      {
        field: 'metadata.name',
        reason: 'FieldValueRequired',
        message: 'Required value: name or generateName is required',
      },
    );
    expectInvalid(
      await admin.post(
        '/api/v1/namespaces',
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a.b' } },
        dryRun,
      ),
      {
        field: 'metadata.name',
        reason: 'FieldValueInvalid',
        message: 'Invalid value: "a.b": must not contain dots',
      },
    );
    expectInvalid(
      await admin.post(core('default', 'services'), service('1s'), dryRun),
      {
        field: 'metadata.name',
        reason: 'FieldValueInvalid',
        message: /^Invalid value: "1s": a DNS-1035 label must consist of /,
      },
    );
    const labelled = (labels: Record<string, string>) =>
      admin.post(configMaps, configMap('a', {}, { labels }), dryRun);
    expectInvalid(await labelled({ a: 'b c' }), {
      field: 'metadata.labels',
      reason: 'FieldValueInvalid',
      message: /^Invalid value: "b c": a valid label must be /,
    });
    expectInvalid(await labelled({ 'x/y/z': '1' }), {
      field: 'metadata.labels',
      reason: 'FieldValueInvalid',
      message: /^Invalid value: "x\/y\/z": a valid label key must consist of /,
    });
  });

  it('refuses a Deployment that does not select its own pods', async () => {
    const { admin } = suite();
    const answer = await admin.post(
      deployments,
      deployment('d', {
        spec: { selector: { matchLabels: { app: 'other' } } },
      }),
      dryRun,
    );
    expectInvalid(answer, {
      field: 'spec.template.metadata.labels',
      reason: 'FieldValueInvalid',
      message:
        'Invalid value: {"app":"d"}: `selector` does not match template `labels`',
    });
    expect(answer.body).toMatchObject({
      message:
        'Deployment.apps "d" is invalid: spec.template.metadata.labels: Invalid value: {"app":"d"}: `selector` does not match template `labels`',
      details: { name: 'd', group: 'apps', kind: 'Deployment' },
    });
    const none = await admin.post(
      deployments,
      deployment('d', { spec: { selector: undefined } }),
      dryRun,
    );
    expectInvalid(
      none,
      {
        field: 'spec.selector',
        reason: 'FieldValueRequired',
        message: 'Required value',
      },
      {
        field: 'spec.template.metadata.labels',
        reason: 'FieldValueInvalid',
        message:
          'Invalid value: {"app":"d"}: `selector` does not match template `labels`',
      },
    );
    expect(none.body.message).toMatch(
      /^Deployment\.apps "d" is invalid: \[spec\.selector: Required value, .*\]$/,
    );
  });

  it('refuses specs with missing or impossible values', async () => {
    const { admin } = suite();
    const labels = { app: 'd' };
    expectInvalid(
      await admin.post(
        deployments,
        deployment('d', {
          spec: { template: { metadata: { labels }, spec: {} } },
        }),
        dryRun,
      ),
      {
        field: 'spec.template.spec.containers',
        reason: 'FieldValueRequired',
        message: 'Required value',
      },
    );
    expectInvalid(
      await admin.post(deployments, deployment('d', { replicas: -1 }), dryRun),
      {
        field: 'spec.replicas',
        reason: 'FieldValueInvalid',
        message: 'Invalid value: -1: must be greater than or equal to 0',
      },
    );
    expectInvalid(
      await admin.post(
        pods,
        pod('p', { container: { image: undefined } }),
        dryRun,
      ),
      {
        field: 'spec.containers[0].image',
        reason: 'FieldValueRequired',
        message: 'Required value',
      },
    );
    expectInvalid(
      await admin.post(
        pods,
        pod('p', { spec: { containers: [container(), container()] } }),
        dryRun,
      ),
      {
        field: 'spec.containers[1].name',
        reason: 'FieldValueDuplicate',
        message: 'Duplicate value: "main"',
      },
    );
    expectInvalid(
      await admin.post(
        pods,
        pod('p', { container: { imagePullPolicy: 'Sometimes' } }),
        dryRun,
      ),
      {
        field: 'spec.containers[0].imagePullPolicy',
        reason: 'FieldValueNotSupported',
        message:
          'Unsupported value: "Sometimes": supported values: "Always", "IfNotPresent", "Never"',
      },
    );
    expectInvalid(
      await admin.post(
        pods,
        pod('p', { spec: { restartPolicy: 'Sometimes' } }),
        dryRun,
      ),
      {
        field: 'spec.restartPolicy',
        reason: 'FieldValueNotSupported',
        message:
          'Unsupported value: "Sometimes": supported values: "Always", "OnFailure", "Never"',
      },
    );
    expectInvalid(
      await admin.post(
        pods,
        pod('p', {
          container: { volumeMounts: [{ name: 'v', mountPath: '/x' }] },
        }),
        dryRun,
      ),
      {
        field: 'spec.containers[0].volumeMounts[0].name',
        reason: 'FieldValueNotFound',
        message: 'Not found: "v"',
      },
    );
    expectInvalid(
      await admin.post(
        pods,
        pod('p', { container: { ports: [{ containerPort: 70000 }] } }),
        dryRun,
      ),
      {
        field: 'spec.containers[0].ports[0].containerPort',
        reason: 'FieldValueInvalid',
        message: 'Invalid value: 70000: must be between 1 and 65535, inclusive',
      },
    );
    expectInvalid(
      await admin.post(
        core('default', 'services'),
        service('s', { ports: [] }),
        dryRun,
      ),
      {
        field: 'spec.ports',
        reason: 'FieldValueRequired',
        message: 'Required value',
      },
    );
    expectInvalid(
      await admin.post(
        inGroup('batch/v1', 'default', 'jobs'),
        {
          apiVersion: 'batch/v1',
          kind: 'Job',
          metadata: { name: 'j' },
          spec: { template: { spec: { containers: [container()] } } },
        },
        dryRun,
      ),
      {
        field: 'spec.template.spec.restartPolicy',
        reason: 'FieldValueRequired',
        message: 'Required value: valid values: "OnFailure", "Never"',
      },
    );
    expectInvalid(
      await admin.post(
        core('default', 'persistentvolumeclaims'),
        {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'c' },
          spec: { accessModes: ['ReadWriteOnce'], resources: {} },
        },
        dryRun,
      ),
      {
        field: 'spec.resources[storage]',
        reason: 'FieldValueRequired',
        message: 'Required value',
      },
    );
  });

  it('holds GPUs to whole numbers and equal requests and limits', async () => {
    const { admin } = suite();
    const gpus = (resources: object) =>
      admin.post(pods, pod('p', { container: { resources } }), dryRun);
    const gpu = (count: string) => ({ 'nvidia.com/gpu': count });
    expectInvalid(await gpus({ requests: gpu('1') }), {
      field: 'spec.containers[0].resources.limits',
      reason: 'FieldValueRequired',
      message:
        'Required value: Limit must be set for non overcommitable resources',
    });
    expectInvalid(await gpus({ requests: gpu('1'), limits: gpu('2') }), {
      field: 'spec.containers[0].resources.requests',
      reason: 'FieldValueInvalid',
      message: 'Invalid value: "1": must be equal to nvidia.com/gpu limit of 2',
    });
    expectInvalid(
      await gpus({ limits: gpu('500m') }),
      {
        field: 'spec.containers[0].resources.limits[nvidia.com/gpu]',
        reason: 'FieldValueInvalid',
        message: 'Invalid value: "500m": must be an integer',
      },
      {
        field: 'spec.containers[0].resources.requests[nvidia.com/gpu]',
        reason: 'FieldValueInvalid',
        message: 'Invalid value: "500m": must be an integer',
      },
    );
    expectInvalid(
      await gpus({ requests: { cpu: '2' }, limits: { cpu: '1' } }),
      {
        field: 'spec.containers[0].resources.requests',
        reason: 'FieldValueInvalid',
        message:
          'Invalid value: "2": must be less than or equal to cpu limit of 1',
      },
    );
    const given = expectCode(await gpus({ limits: gpu('2') }), 201).body;
    expect(given.spec.containers[0 as never].resources.requests).toEqual({
      'nvidia.com/gpu': '2',
    });
  });
}
