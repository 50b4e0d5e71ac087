import { mockServices } from '@backstage/backend-test-utils';
import { createKubeWriter } from '../kubernetes/KubeWriter';
import { memoryCluster, ourObject } from '../__testUtils__/memoryCluster';
import { applyManifests, validateManifests } from './applyManifests';

const logger = mockServices.logger.mock();
const service = ourObject('v1', 'Service', 'chat');
const deployment = ourObject('apps/v1', 'Deployment', 'chat');
const claim = ourObject('v1', 'PersistentVolumeClaim', 'chat-cache');

const refusal = (code: number, message: string, causes: object[] = []) =>
  Response.json(
    { kind: 'Status', code, message, details: { causes } },
    { status: code },
  );

const writerOf = (cluster: ReturnType<typeof memoryCluster>) =>
  createKubeWriter({ transport: cluster.transport, cluster: 'demo' });

describe('applyManifests', () => {
  it('applies what pods need before what starts pods', async () => {
    const cluster = memoryCluster({});
    await applyManifests(
      writerOf(cluster),
      [deployment, service, claim],
      logger,
    );
    expect(cluster.objects().map(({ kind }) => kind)).toEqual([
      'PersistentVolumeClaim',
      'Service',
      'Deployment',
    ]);
  });

  it('applies with the own field manager and strict validation', async () => {
    const cluster = memoryCluster({});
    await applyManifests(writerOf(cluster), [service], logger);
    const patches = cluster.requests.filter(({ method }) => method === 'PATCH');
    expect(patches.map(({ url }) => url.search)).toEqual([
      '?fieldManager=promptside&fieldValidation=Strict&dryRun=All',
      '?fieldManager=promptside&fieldValidation=Strict',
    ]);
  });

  it('changes nothing the second time', async () => {
    const cluster = memoryCluster({});
    await applyManifests(writerOf(cluster), [service, deployment], logger);
    const second = await applyManifests(
      writerOf(cluster),
      [service, deployment],
      logger,
    );
    expect(second.map(({ change }) => change)).toEqual([
      'Unchanged',
      'Unchanged',
    ]);
  });

  it('applies nothing when the dry run of one object is refused', async () => {
    const cluster = memoryCluster({
      intercept: (method, url) =>
        method === 'PATCH' && url.pathname.includes('deployments')
          ? refusal(422, 'invalid', [
              { field: 'spec.replicas', message: 'must be at least 0' },
            ])
          : undefined,
    });
    await expect(
      applyManifests(writerOf(cluster), [service, deployment], logger),
    ).rejects.toThrow(
      'Deployment team-a/chat on cluster "demo" is not accepted: spec.replicas: must be at least 0',
    );
    expect(cluster.objects()).toEqual([]);
  });

  it('takes away what it created when a later object is refused, and leaves what was there', async () => {
    const cluster = memoryCluster({
      objects: [claim],
      intercept: (method, url) =>
        method === 'PATCH' &&
        url.pathname.includes('deployments') &&
        !url.searchParams.has('dryRun')
          ? refusal(403, 'exceeded quota: gpus')
          : undefined,
    });
    await expect(
      applyManifests(writerOf(cluster), [claim, service, deployment], logger),
    ).rejects.toThrow('exceeded quota: gpus');
    expect(cluster.objects()).toEqual([claim]);
  });

  it.each([
    ['nobody', {}],
    ['Helm', { labels: { 'app.kubernetes.io/managed-by': 'Helm' } }],
  ])(
    'refuses an object of the same name that %s manages',
    async (_who, meta) => {
      const foreign = ourObject('v1', 'Service', 'chat', {
        labels: undefined,
        ...meta,
      });
      const cluster = memoryCluster({ objects: [foreign] });
      await expect(
        applyManifests(writerOf(cluster), [service], logger),
      ).rejects.toThrow(/name: Service team-a\/chat exists already/);
      expect(cluster.objects()).toEqual([foreign]);
    },
  );

  it('refuses an object that belongs to another catalog entity', async () => {
    const of = (entity: string) =>
      ourObject('v1', 'Service', 'chat', {
        annotations: { 'promptside.io/entity-ref': entity },
      });
    const cluster = memoryCluster({ objects: [of('component:default/a')] });
    await expect(
      applyManifests(writerOf(cluster), [of('component:default/b')], logger),
    ).rejects.toThrow('belongs to component:default/a');
  });

  it.each([
    ['monitoring.coreos.com/v1', 'ServiceMonitor', 'does not scrape'],
    ['monitoring.coreos.com/v1', 'PodMonitor', 'does not scrape'],
    ['keda.sh/v1alpha1', 'ScaledObject', 'replicas stays'],
    ['gateway.networking.k8s.io/v1', 'HTTPRoute', 'inside the cluster only'],
  ])(
    'leaves out what the service runs without where its operator is missing: %s %s',
    async (apiVersion, kind, without) => {
      const cluster = memoryCluster({});
      const warn = jest.spyOn(logger, 'warn');
      const changes = await applyManifests(
        writerOf(cluster),
        [ourObject(apiVersion, kind, 'chat'), service],
        logger,
      );
      expect(changes.map(({ change }) => change)).toEqual([
        'Created',
        'Skipped',
      ]);
      expect(warn).toHaveBeenLastCalledWith(expect.stringContaining(without));
    },
  );

  it.each([
    ['serving.kserve.io/v1beta1', 'InferenceService'],
    ['apps.nvidia.com/v1alpha1', 'NIMService'],
    ['postgresql.cnpg.io/v1', 'Cluster'],
  ])(
    'applies nothing where the service itself is of a kind that is missing: %s %s',
    async (apiVersion, kind) => {
      const cluster = memoryCluster({});
      await expect(
        applyManifests(
          writerOf(cluster),
          [service, ourObject(apiVersion, kind, 'chat')],
          logger,
        ),
      ).rejects.toThrow('the operator that brings it is not installed');
      expect(cluster.objects()).toEqual([]);
    },
  );
});

describe('validateManifests', () => {
  it('changes nothing', async () => {
    const cluster = memoryCluster({});
    const changes = await validateManifests(
      writerOf(cluster),
      [service],
      logger,
    );
    expect(changes).toEqual([
      {
        kind: 'Service',
        namespace: 'team-a',
        name: 'chat',
        change: 'Created',
      },
    ]);
    expect(cluster.objects()).toEqual([]);
  });

  it.each([
    [401, 'AuthenticationError', 'renew the token'],
    [403, 'NotAllowedError', 'promptside-deployer'],
    [404, 'NotFoundError', 'said so'],
    [409, 'ConflictError', 'said so'],
    [500, 'ServiceUnavailableError', 'said so'],
  ])(
    'turns a %i into a %s that tells the way out',
    async (code, name, text) => {
      const cluster = memoryCluster({
        intercept: method =>
          method === 'PATCH' ? refusal(code, 'the cluster said so') : undefined,
      });
      await expect(
        validateManifests(writerOf(cluster), [service], logger),
      ).rejects.toMatchObject({
        name,
        message: expect.stringContaining(text),
      });
    },
  );

  it('says that the cluster cannot be reached', async () => {
    const writer = createKubeWriter({
      cluster: 'demo',
      transport: {
        clusters: async () => [],
        request: async () => {
          throw new TypeError('fetch failed');
        },
      },
    });
    await expect(validateManifests(writer, [service], logger)).rejects.toThrow(
      'cluster: "demo" cannot be reached for the API v1',
    );
  });
});
