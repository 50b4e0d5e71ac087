import { completed, completeFor } from '../api/write/complete';
import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { MemoryStore } from '../store/MemoryStore';
import { createManualClock } from '../sim/Clock';
import { formatTime } from '../sim/Cluster';
import { AdmitPod } from '../sim/PodControl';
import { startControllers } from '../sim/startControllers';
import { Node } from '../sim/kubeTypes';
import { programOf } from '../workloads/programs';
import { namespaceObjects } from './namespaces';
import { buildNodes } from './nodes';
import { DEMO_POOLS } from './NodePool';
import { definitionObjects, operatorObjects } from './operators';
import { operatorServerObjects } from './operatorServers';
import { storeObjects } from './stores';
import { createRandom } from './random';
import { scaleObjects } from './scale';
import { SeedObject, seedObject } from './SeedObject';
import { storageObjects } from './storage';
import { systemWorkloadObjects } from './systemWorkloads';
import { crashingWorkloadObjects, teamWorkloadObjects } from './teamWorkloads';

/** What the seed is made from. */
export interface SeedOptions {
  /** A store that serves custom resources as soon as their definition is there. */
  store: MemoryStore;
  /** The same seed and time give the same objects. */
  seed: number;
  /** Milliseconds since the epoch: the end of the past that is made. */
  now: number;
  /** Number of nodes of a large cluster, eight GPUs each; 0 or absent gives the demo's own nodes. */
  nodes?: number;
  /** Number of pods of a large cluster; 0 or absent gives twenty a node. */
  pods?: number;
  admitPod?: AdmitPod;
}

const HOUR_MS = 3_600_000;
/** The past of the demo: the nodes and workloads that work are this old. */
const AGE_MS = 72 * HOUR_MS;
/** Age of the workload that crashes: long enough for its longest pauses. */
const CRASHING_AGE_MS = 3 * HOUR_MS;
const SETTLE_MS = 10 * 60_000;
/** Where only the number of nodes is given. */
const PODS_PER_NODE = 20;

const nodeObject = (node: Node): SeedObject =>
  seedObject('v1', 'Node', 'nodes', node.metadata, {
    spec: node.spec,
    status: node.status,
  });

const nodeNames = (nodes: Node[], label: string) =>
  nodes
    .filter(({ metadata }) => metadata.labels?.[label] === 'true')
    .map(({ metadata }) => metadata.name);

/**
 * Fills an empty cluster: objects are created as people and operators would, three days ago, and the controllers then live
 * through these days in an instant. So statuses, events, owners and restarts are all made by the code that makes later ones.
 */
export function seedCluster(options: SeedOptions): void {
  const { store, seed, now, admitPod } = options;
  const random = createRandom(seed);
  const start = Math.floor((now - AGE_MS) / 1000) * 1000;
  const clock = createManualClock(start);
  const uids = random.fork('seed/uids');

  const put = ({ resource, object }: SeedObject) => {
    const { namespace, name } = object.metadata;
    if (store.get(resource, namespace, name)) {
      return;
    }
    const info = store.registry.find(resource);
    store.create(resource, {
      // The objects of a large cluster come as they are stored, because there are so many of them.
      ...(info && !options.nodes ? completed(store, info, object) : object),
      metadata: {
        ...object.metadata,
        uid: object.metadata.uid ?? uids.uuid(),
        creationTimestamp:
          object.metadata.creationTimestamp ?? formatTime(clock.now()),
      },
    });
  };

  const large = options.nodes
    ? scaleObjects({
        random: random.fork('scale'),
        nodeCount: options.nodes,
        podCount: options.pods || options.nodes * PODS_PER_NODE,
        createdAt: start,
      })
    : undefined;
  const nodes = large?.nodes ?? buildNodes(DEMO_POOLS, random, start);

  definitionObjects().forEach(put);
  namespaceObjects().forEach(put);
  storageObjects().forEach(put);
  nodes.map(nodeObject).forEach(put);
  operatorObjects({
    since: formatTime(start),
    amdNodes: nodeNames(nodes, 'feature.node.kubernetes.io/amd-gpu'),
    intelNodes: nodeNames(nodes, 'intel.feature.node.kubernetes.io/gpu'),
  }).forEach(put);
  put(
    seedObject(
      'v1',
      'ConfigMap',
      'configmaps',
      {
        name: 'promptside-demo',
        namespace: 'kube-public',
        annotations: { [ANNOTATIONS.simulated]: 'true' },
      },
      {
        data: {
          notice:
            'This cluster is simulated: its nodes, GPUs, metrics and model answers are made up.',
        },
      },
    ),
  );

  large?.objects.forEach(put);
  const controllers = startControllers({
    store,
    clock,
    seed,
    programOf,
    admitPod,
    completeObject: completeFor(store),
    onFault(controller, key, error) {
      throw new Error(`The ${controller} failed on ${key}`, { cause: error });
    },
  });
  if (!large) {
    clock.advance(1_000);
    systemWorkloadObjects().forEach(put);
    clock.advance(SETTLE_MS);
    teamWorkloadObjects().forEach(put);
    operatorServerObjects().forEach(put);
    storeObjects().forEach(put);
    clock.advance(AGE_MS - CRASHING_AGE_MS - SETTLE_MS);
    crashingWorkloadObjects().forEach(put);
  }
  clock.advance(Math.max(0, now - clock.now()));
  controllers.stop();
}
