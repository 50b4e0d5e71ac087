import { admitPod } from '../api/admission/admitPod';
import { serveDefinitions } from '../api/crd/controller';
import { createObjectStore } from '../store/MemoryStore';
import { KubeObject } from '../store/ObjectStore';
import { findCondition } from '../sim/conditions';
import { Node, Pod } from '../sim/kubeTypes';
import { Deployment } from '../sim/workloadTypes';
import { podRequests } from '../sim/podResources';
import { bootstrap } from '../auth/bootstrap';
import { seedCluster } from './seedCluster';

const NOW = Date.parse('2026-11-20T12:00:00Z');

const core = (plural: string) => ({ group: '', version: 'v1', plural });

function seeded(seed: number, size: { nodes?: number; pods?: number } = {}) {
  const store = createObjectStore({ now: () => NOW });
  serveDefinitions(store);
  bootstrap(store);
  seedCluster({
    store,
    seed,
    now: NOW,
    ...size,
    admitPod: pod => admitPod(store, pod as KubeObject) as unknown as Pod,
  });
  const pods = () => store.list(core('pods')) as unknown as Pod[];
  const nodes = () => store.list(core('nodes')) as unknown as Node[];
  return { store, pods, nodes };
}

describe('the seeded demo', () => {
  const demo = seeded(1);
  const podOf = (namespace: string, start: string) => {
    const found = demo
      .pods()
      .find(
        ({ metadata }) =>
          metadata.namespace === namespace && metadata.name.startsWith(start),
      );
    if (!found) {
      throw new Error(`No pod ${namespace}/${start}`);
    }
    return found;
  };
  const nodeNamed = (name: string) => {
    const found = demo.nodes().find(({ metadata }) => metadata.name === name);
    if (!found) {
      throw new Error(`No node ${name}`);
    }
    return found;
  };

  it('has nodes of three vendors as their device plugins register them', () => {
    const devices = Object.fromEntries(
      demo.nodes().map(({ metadata, status }) => [
        metadata.name,
        Object.entries(status.capacity)
          .filter(([name]) => name.includes('/'))
          .map(
            ([name, count]) => `${name} ${status.allocatable[name]}/${count}`,
          )
          .join(', '),
      ]),
    );
    expect(devices).toEqual({
      'cpu-1': '',
      'cpu-2': '',
      'cpu-3': '',
      'h100-1': 'nvidia.com/gpu 8/8',
      'h100-2': 'nvidia.com/gpu 7/8',
      'l4-1': 'nvidia.com/gpu 4/4',
      'l4-2': 'nvidia.com/gpu 4/4',
      'a100-mig-1':
        'nvidia.com/gpu 0/0, nvidia.com/mig-1g.10gb 28/28, nvidia.com/mig-3g.40gb 8/8',
      'l4-shared-1': 'nvidia.com/gpu 8/8',
      'mi300x-1': 'amd.com/gpu 8/8',
      'max1550-1': 'gpu.intel.com/xe 4/4',
      'flex170-1': 'gpu.intel.com/i915 2/2',
    });
    expect(nodeNamed('l4-shared-1').metadata.labels).toMatchObject({
      'nvidia.com/gpu.product': 'NVIDIA-L4-SHARED',
      'nvidia.com/gpu.count': '2',
      'nvidia.com/gpu.replicas': '4',
      'nvidia.com/gpu.sharing-strategy': 'time-slicing',
    });
    expect(nodeNamed('a100-mig-1').metadata.labels).toMatchObject({
      'nvidia.com/mig.strategy': 'mixed',
      'nvidia.com/mig-3g.40gb.count': '8',
    });
  });

  it('serves what the teams serve, and only the crashing one is not ready', () => {
    const states = Object.fromEntries(
      ['team-search', 'team-chat'].flatMap(namespace =>
        demo.store
          .list(
            { group: 'apps', version: 'v1', plural: 'deployments' },
            { namespace },
          )
          .map(({ metadata, status }) => [
            metadata.name,
            (status as { readyReplicas?: number }).readyReplicas ?? 0,
          ]),
      ),
    );
    expect(states).toEqual({
      'chat-llm': 1,
      'gemma-batch': 1,
      'llama-chat': 1,
      'phi-intel': 1,
      'qwen-amd': 1,
      'qwen-trial': 0,
      'search-embeddings': 1,
    });
    for (const name of ['chroma-0', 'chat-history-0']) {
      expect(
        findCondition(podOf('team-chat', name).status?.conditions, 'Ready')
          ?.status,
      ).toBe('True');
    }
  });

  it('keeps the crashing server crashing, with the words of the engine', () => {
    const [status] =
      podOf('team-chat', 'qwen-trial').status?.containerStatuses ?? [];
    expect(status.restartCount).toBeGreaterThan(20);
    expect(
      (status.state.terminated ?? status.lastState.terminated)?.message,
    ).toContain('CUDA out of memory');
    const deployments = { group: 'apps', version: 'v1', plural: 'deployments' };
    const { status: rollout } = demo.store.get(
      deployments,
      'team-chat',
      'qwen-trial',
    ) as unknown as Deployment;
    // It was never ready, not even for the second before it failed.
    expect(findCondition(rollout?.conditions, 'Available')?.status).toBe(
      'False',
    );
    expect(findCondition(rollout?.conditions, 'Progressing')?.reason).toBe(
      'ProgressDeadlineExceeded',
    );
  });

  it('gives its Services addresses and its templates the defaults of the API', () => {
    const apps = { group: 'apps', version: 'v1', plural: 'deployments' };
    expect(
      demo.store.get(core('services'), 'team-chat', 'chat-llm')?.spec,
    ).toMatchObject({
      type: 'ClusterIP',
      clusterIP: expect.stringMatching(/^10\.96\./),
    });
    expect(demo.store.get(apps, 'team-chat', 'chat-llm')?.spec).toMatchObject({
      template: { spec: { dnsPolicy: 'ClusterFirst' } },
    });
  });

  it('has room for at least six H100 and four L4 more', () => {
    const freeOn = (label: string) =>
      demo
        .nodes()
        .filter(
          ({ metadata }) =>
            metadata.labels?.['nvidia.com/gpu.product'] === label,
        )
        .reduce((sum, node) => {
          const used = demo
            .pods()
            .filter(({ spec }) => spec.nodeName === node.metadata.name)
            .reduce(
              (total, { spec }) =>
                total + (podRequests(spec).get('nvidia.com/gpu') ?? 0),
              0,
            );
          return sum + Number(node.status.allocatable['nvidia.com/gpu']) - used;
        }, 0);
    expect(freeOn('NVIDIA-H100-80GB-HBM3')).toBeGreaterThanOrEqual(6);
    expect(freeOn('NVIDIA-L4')).toBeGreaterThanOrEqual(4);
  });

  it('runs an exporter on each GPU node of its vendor', () => {
    const exporterNodes = (name: string) =>
      demo
        .pods()
        .filter(({ metadata }) => metadata.labels?.app === name)
        .map(({ spec }) => spec.nodeName)
        .sort();
    expect(exporterNodes('nvidia-dcgm-exporter')).toEqual([
      'a100-mig-1',
      'h100-1',
      'h100-2',
      'l4-1',
      'l4-2',
      'l4-shared-1',
    ]);
    expect(exporterNodes('default-metrics-exporter')).toEqual(['mi300x-1']);
    expect(exporterNodes('xpumanager')).toEqual(['flex170-1', 'max1550-1']);
  });

  it('is the same for the same seed and another for another', () => {
    const texts = (cluster: ReturnType<typeof seeded>) =>
      cluster
        .pods()
        .map(pod =>
          JSON.stringify([pod.metadata.uid, pod.metadata.name, pod.status]),
        );
    const again = seeded(1);
    expect(texts(again)).toEqual(texts(demo));
    expect(texts(seeded(2))).not.toEqual(texts(demo));
  });
});

describe('a large cluster', () => {
  const large = seeded(1, { nodes: 40, pods: 800 });

  it('has exactly the asked nodes and pods, eight GPUs a node, nothing waiting', () => {
    expect(large.nodes()).toHaveLength(40);
    expect(large.pods()).toHaveLength(800);
    expect(
      large
        .pods()
        .filter(
          pod =>
            findCondition(pod.status?.conditions, 'Ready')?.status !== 'True',
        )
        .map(({ metadata }) => metadata.name),
    ).toEqual([]);
    expect(
      large
        .nodes()
        .map(({ status }) =>
          Number(
            status.capacity['nvidia.com/gpu'] ??
              status.capacity['amd.com/gpu'] ??
              status.capacity['gpu.intel.com/xe'],
          ),
        ),
    ).toEqual(Array(40).fill(8));
  });

  it('is already as its controllers want it, so that starting it writes no pod', () => {
    const creations = large
      .pods()
      .map(({ metadata }) => metadata.creationTimestamp);
    expect(new Set(creations)).toEqual(new Set(['2026-11-17T12:00:00Z']));
    for (const { metadata, status, spec } of large.store.list({
      group: 'apps',
      version: 'v1',
      plural: 'deployments',
    })) {
      expect([
        metadata.name,
        (status as { availableReplicas?: number }).availableReplicas,
      ]).toEqual([metadata.name, (spec as { replicas: number }).replicas]);
    }
  });

  it('has pods of real size with their owners', () => {
    const sizes = large.pods().map(pod => JSON.stringify(pod).length);
    const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
    expect(mean).toBeGreaterThan(7_400);
    expect(mean).toBeLessThan(8_000);
    expect(
      large
        .pods()
        .filter(
          ({ metadata }) => metadata.ownerReferences?.[0].kind !== 'ReplicaSet',
        ),
    ).toEqual([]);
  });

  it('does not give away more GPUs than a node has', () => {
    const used = new Map<string, number>();
    for (const { spec } of large.pods()) {
      for (const [name, amount] of podRequests(spec)) {
        if (name.includes('/')) {
          used.set(
            spec.nodeName ?? '',
            (used.get(spec.nodeName ?? '') ?? 0) + amount,
          );
        }
      }
    }
    expect(Math.max(...used.values())).toBe(6);
  });
});
