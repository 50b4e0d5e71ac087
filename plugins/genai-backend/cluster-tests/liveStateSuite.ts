/* eslint-disable jest/no-export -- the same tests run on two API servers, each from a file of its own */
import { randomBytes } from 'node:crypto';
import type {
  ClusterStatus,
  GenaiClient,
} from '@promptside/backstage-plugin-genai-common';
import { eventually } from './eventually';
import {
  createKubeClient,
  type SendKube,
  type TestCluster,
} from './KubeClient';
import { startPortal, type Portal } from './startPortal';

const CRD = 'resourceflavors.kueue.x-k8s.io';
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/** The part of Kueue's definition that a list needs; nothing installs it before (scripts/realcluster/crds). Its schema is left open. */
const FLAVOR = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  // A group of k8s.io wants to be told where it was agreed on.
  metadata: {
    name: CRD,
    annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' },
  },
  spec: {
    group: 'kueue.x-k8s.io',
    scope: 'Cluster',
    names: {
      kind: 'ResourceFlavor',
      plural: 'resourceflavors',
      singular: 'resourceflavor',
    },
    versions: [
      {
        name: 'v1beta2',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            'x-kubernetes-preserve-unknown-fields': true,
          },
        },
      },
    ],
  },
};

/**
 * The live state against an API server: the same tests for the demo cluster and for a real one. Between the two stands the
 * stock Kubernetes plugin.
 */
export function describeLiveState(
  title: string,
  target: () => Promise<TestCluster & { stop?(): Promise<void> }>,
): void {
  // eslint-disable-next-line jest/valid-title
  describe(title, () => {
    const id = randomBytes(3).toString('hex');
    const namespace = `live-${id}`;
    const node = `gpu-${id}`;
    let cluster: Awaited<ReturnType<typeof target>>;
    let send: SendKube;
    let portal: Portal;
    let genai: GenaiClient;

    const tested = async (): Promise<ClusterStatus> => {
      const { items } = await genai.getClusters();
      return items.find(({ name }) => name === 'tested')!;
    };
    const flavors = async () =>
      (await tested()).resources?.find(({ resource }) => resource === CRD)
        ?.state;
    const query = { cluster: 'tested', namespace };

    beforeAll(async () => {
      cluster = await target();
      send = createKubeClient(cluster);
      await send('POST', '/api/v1/namespaces', {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: {
          name: namespace,
          annotations: { 'promptside.io/owner': 'group:default/team-live' },
        },
      });
      portal = await startPortal(cluster);
      genai = portal.client;
      await eventually(tested, status => status?.state === 'Live');
    }, 120_000);

    afterAll(async () => {
      await portal?.stop();
      await send('DELETE', `/api/v1/nodes/${node}`).catch(() => undefined);
      await send('DELETE', `/api/v1/namespaces/${namespace}`);
      await cluster.stop?.();
    }, 60_000);

    it('reads every resource through the stock Kubernetes plugin', async () => {
      const status = await eventually(tested, ({ resources = [] }) =>
        resources.every(({ state }) => state !== 'Syncing'),
      );
      expect(status).toMatchObject({ title: 'The tested cluster' });
      expect(status.serverVersion).toMatch(/^v1\./);
      expect(status.freshAt).toBeDefined();
      const faults = status.resources!.filter(
        ({ state }) => state !== 'Live' && state !== 'NotInstalled',
      );
      expect(faults).toEqual([]);
    });

    it('says of a cluster that nothing answers from, and goes on with the other', async () => {
      const { items } = await eventually(
        () => genai.getClusters(),
        ({ items: all }) => all.every(({ state }) => state !== 'Syncing'),
      );
      expect(items).toMatchObject([
        { name: 'tested', state: 'Live' },
        {
          name: 'unreachable',
          state: 'Unavailable',
          fault: { reason: 'Unreachable' },
        },
      ]);
    });

    it('sees a namespace with its owner and quota', async () => {
      await send('POST', `/api/v1/namespaces/${namespace}/resourcequotas`, {
        apiVersion: 'v1',
        kind: 'ResourceQuota',
        metadata: { name: 'gpus' },
        spec: { hard: { 'requests.nvidia.com/gpu': '4' } },
      });
      const mine = async () => {
        const { items } = await genai.getNamespaces({ cluster: 'tested' });
        return items.find(({ name }) => name === namespace);
      };
      const found = await eventually(mine, item => item?.quota.length === 1);
      expect(found).toMatchObject({
        owner: 'group:default/team-live',
        quota: [{ name: 'gpus', resource: 'nvidia.com/gpu', hard: 4 }],
      });
    });

    it('follows a pod with GPUs from its node to its end', async () => {
      await send('POST', '/api/v1/nodes', {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name: node,
          labels: {
            'nvidia.com/gpu.product': 'NVIDIA-H100-80GB-HBM3',
            'nvidia.com/gpu.count': '8',
            'nvidia.com/gpu.memory': '81559',
          },
        },
      });
      await send('PATCH', `/api/v1/nodes/${node}/status`, {
        status: {
          capacity: {
            'nvidia.com/gpu': '8',
            cpu: '64',
            memory: '512Gi',
            pods: '110',
          },
          allocatable: {
            'nvidia.com/gpu': '8',
            cpu: '64',
            memory: '512Gi',
            pods: '110',
          },
          conditions: [{ type: 'Ready', status: 'True' }],
        },
      });
      const createPod = () =>
        send('POST', `/api/v1/namespaces/${namespace}/pods`, {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: {
            name: 'trainer',
            labels: { 'backstage.io/kubernetes-id': 'trainer' },
          },
          spec: {
            nodeName: node,
            containers: [
              {
                name: 'main',
                image: 'registry.example/trainer:1',
                resources: { limits: { 'nvidia.com/gpu': '2' } },
              },
            ],
          },
        });
      // with a controller manager the namespace gets its account a moment after it was made
      await eventually(
        () =>
          createPod().then(
            () => true,
            () => false,
          ),
        created => created,
      );

      const held = await eventually(
        () => genai.getGpuAllocations(query),
        ({ items }) => items.length === 1,
      );
      expect(held.items[0]).toMatchObject({
        cluster: 'tested',
        pod: 'trainer',
        node,
        vendor: 'nvidia',
        resource: 'nvidia.com/gpu',
        product: 'NVIDIA-H100-80GB-HBM3',
        count: 2,
        owner: 'group:default/team-live',
      });
      const { items: nodes } = await genai.getGpuNodes({
        cluster: 'tested',
        search: node,
      });
      expect(nodes[0].pools[0].counts).toEqual({
        capacity: 8,
        allocatable: 8,
        allocated: 2,
        free: 6,
        unhealthy: 0,
      });

      const pod = `/api/v1/namespaces/${namespace}/pods/trainer`;
      await send('DELETE', `${pod}?gracePeriodSeconds=0`);
      const { clusters } = await eventually(
        () => genai.getGpuAllocations(query),
        ({ items }) => items.length === 0,
      );
      expect(clusters).toMatchObject([{ name: 'tested', state: 'Live' }]);
    });

    it('sees a model server as soon as its Deployment is there', async () => {
      const labels = { app: 'chat' };
      await send('POST', `/apis/apps/v1/namespaces/${namespace}/deployments`, {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'chat' },
        spec: {
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              containers: [
                {
                  name: 'vllm',
                  image: 'vllm/vllm-openai:v0.11.0',
                  args: ['--model', 'google/gemma-2-9b-it'],
                  resources: { limits: { 'nvidia.com/gpu': '1' } },
                },
              ],
            },
          },
        },
      });
      const { items } = await eventually(
        () => genai.getModelServers(query),
        answer => answer.items.length === 1,
      );
      expect(items[0]).toMatchObject({
        name: 'chat',
        kind: 'Deployment',
        runtime: 'vllm',
        model: { id: 'google/gemma-2-9b-it' },
        gpus: [{ resource: 'nvidia.com/gpu', perReplicaCount: 1 }],
      });
      expect(items[0].state).not.toBe('Ready');
      const detail = await genai.getModelServer({ ...query, name: 'chat' });
      expect(detail.item.uid).toBe(items[0].uid);
    });

    it('starts with an API that appears and ends with one that goes', async () => {
      await eventually(flavors, state => state === 'NotInstalled');
      await send('POST', CRDS, FLAVOR);
      await eventually(flavors, state => state === 'Live');
      await send('DELETE', `${CRDS}/${CRD}`);
      await eventually(flavors, state => state === 'NotInstalled');
      expect((await tested()).state).toBe('Live');
    }, 120_000);

    it('plans with the GPUs that are free on the cluster', async () => {
      const plan = await genai.planInference({
        model: 'google/gemma-2-9b-it',
        cluster: 'tested',
        namespace,
      });
      expect(plan.choice?.cluster).toBe('tested');
      expect(plan.quota).toMatchObject([{ name: 'gpus', hard: 4 }]);
    });

    it('writes no token to its log', () => {
      expect(portal.log()).toContain('Cluster tested is Live');
      expect(portal.log()).not.toContain(cluster.portalToken);
    });
  });
}
