import { KubeObject, ResourceId } from '../../store/ObjectStore';
import { createObjectStore, MemoryStore } from '../../store/MemoryStore';
import { createManualClock, ManualClock } from '../Clock';
import { ContainerProgram, ProgramOf } from '../kubelet/ContainerProgram';
import { Node, Pod, Taint } from '../kubeTypes';
import { AdmitPod } from '../PodControl';
import {
  apiVersionOf,
  ClusterEvent,
  GROUP_VERSIONS,
  SimResource,
  SimResources,
} from '../resources';
import { Simulation, startControllers } from '../startControllers';
import { Deployment } from '../workloadTypes';

/** A cluster in memory whose time the test moves. */
export interface TestCluster {
  store: MemoryStore;
  clock: ManualClock;
  faults: unknown[];
  put<R extends SimResource>(
    resource: R,
    object: Partial<SimResources[R]> & Pick<SimResources[R], 'metadata'>,
  ): void;
  get<R extends SimResource>(
    resource: R,
    name: string,
    namespace?: string,
  ): SimResources[R];
  list<R extends SimResource>(resource: R): SimResources[R][];
  change<R extends SimResource>(
    resource: R,
    name: string,
    change: (object: SimResources[R]) => SimResources[R],
  ): void;
  remove(resource: SimResource, name: string): void;
  /** `type reason message` of all events, oldest first. */
  eventTexts(): string[];
  start(options?: { admitPod?: AdmitPod; timeScale?: number }): Simulation;
}

const START = Date.parse('2026-06-01T00:00:00Z');
const NAMESPACE = 'team-search';

const idOf = (resource: SimResource): ResourceId => ({
  group: GROUP_VERSIONS[resource].group,
  version: GROUP_VERSIONS[resource].version,
  plural: resource,
});

const isClusterScoped = (resource: SimResource) =>
  ['nodes', 'namespaces', 'persistentvolumes', 'storageclasses'].includes(
    resource,
  );

/** A program that pulls in 4 s and serves 6 s after its start; `overrides` by container name. */
export function testPrograms(
  overrides: Record<string, Partial<ContainerProgram>> = {},
): ProgramOf {
  return (_pod, container) => ({
    pullMs: 4_000,
    imageBytes: 1_000_000,
    loadMs: 6_000,
    stopMs: 2_000,
    ...overrides[container.name],
  });
}

/** An empty cluster with the namespace `team-search`. */
export function createTestCluster(
  programOf: ProgramOf = testPrograms(),
): TestCluster {
  const clock = createManualClock(START);
  const store = createObjectStore({ now: clock.now });
  const faults: unknown[] = [];
  const namespaceOf = (resource: SimResource, namespace?: string) =>
    isClusterScoped(resource) ? undefined : (namespace ?? NAMESPACE);
  const cluster: TestCluster = {
    store,
    clock,
    faults,
    put(resource, object) {
      store.create(idOf(resource), {
        ...object,
        apiVersion: apiVersionOf(resource),
        kind: GROUP_VERSIONS[resource].kind,
        metadata: {
          ...object.metadata,
          namespace: namespaceOf(resource, object.metadata.namespace),
        },
      } as KubeObject);
    },
    get(resource, name, namespace) {
      const object = store.get(
        idOf(resource),
        namespaceOf(resource, namespace),
        name,
      );
      if (!object) {
        throw new Error(`${resource} "${name}" is not there`);
      }
      return object as never;
    },
    list: resource => store.list(idOf(resource)) as never,
    change(resource, name, change) {
      store.update(
        idOf(resource),
        change(cluster.get(resource, name)) as KubeObject,
      );
    },
    remove(resource, name) {
      store.delete(idOf(resource), namespaceOf(resource), name);
    },
    eventTexts: () =>
      (store.list(idOf('events')) as unknown as ClusterEvent[])
        .sort((a, b) => a.firstTimestamp.localeCompare(b.firstTimestamp))
        .map(({ type, reason, message }) => `${type} ${reason} ${message}`),
    start: ({ admitPod, timeScale } = {}) =>
      startControllers({
        store,
        clock,
        seed: 1,
        programOf,
        admitPod,
        timeScale,
        onFault: (_controller, _key, error) => faults.push(error),
      }),
  };
  cluster.put('namespaces', { metadata: { name: NAMESPACE } });
  return cluster;
}

/** A node with 8 cores, 32 GiB and the given devices. */
export function testNode(
  name: string,
  devices: Record<string, string> = {},
  options: { labels?: Record<string, string>; taints?: Taint[] } = {},
): Node {
  const resources = {
    cpu: '8',
    memory: '32Gi',
    pods: '110',
    'ephemeral-storage': '100Gi',
    ...devices,
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: options.labels },
    spec: { podCIDR: '10.244.7.0/24', taints: options.taints },
    status: {
      capacity: resources,
      allocatable: resources,
      conditions: [{ type: 'Ready', status: 'True' }],
      addresses: [{ type: 'InternalIP', address: '10.0.0.7' }],
      nodeInfo: {},
    },
  };
}

/** A Deployment of one container named `server` that asks for the given resources. */
export function testDeployment(
  name: string,
  options: {
    replicas?: number;
    limits?: Record<string, string>;
    strategy?: Deployment['spec']['strategy'];
    image?: string;
    spec?: Partial<Pod['spec']>;
    container?: Partial<Pod['spec']['containers'][number]>;
  } = {},
): Pick<Deployment, 'metadata' | 'spec'> {
  return {
    metadata: { name },
    spec: {
      replicas: options.replicas ?? 1,
      strategy: options.strategy,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'server',
              image: options.image ?? 'example.com/server:v1',
              resources: { limits: options.limits },
              readinessProbe: { httpGet: { path: '/health', port: 8000 } },
              ...options.container,
            },
          ],
          ...options.spec,
        },
      },
    },
  };
}
