import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import type { Ask } from './Attempt';
import { formatCount, plural } from './format';
import type { HardwareShape } from './hardwareShapes';
import type { InventoryQueue, QueueFlavor } from './InventoryQueue';

/** What Kueue says: which queue takes the pods, and what speaks for and against it. */
export interface JudgedQueue {
  /** LocalQueue that the pods are to name; absent: none, or none that could be chosen. */
  queue?: string;
  reasons: PlanReason[];
}

/** Kueue gives pods that name no queue to the LocalQueue of this name. */
const DEFAULT_QUEUE = 'default';

/**
 * Whether Kueue admits the pods now, in numbers. The queue is the one that was asked for, else the only one of the namespace,
 * else the one called `default`. A namespace without queues is not Kueue's business.
 */
export function judgeQueue(
  ask: Ask,
  shape: HardwareShape,
  gpuCount: number,
): JudgedQueue {
  const here = ask.queues.filter(
    ({ namespace, cluster }) =>
      namespace === ask.namespace &&
      (cluster === undefined || cluster === shape.cluster),
  );
  const named = ask.queue
    ? here.find(({ name }) => name === ask.queue)
    : here.find(({ name }) => here.length === 1 || name === DEFAULT_QUEUE);
  if (named) {
    return {
      queue: named.name,
      reasons: judge(ask, named, shape, gpuCount),
    };
  }
  return { reasons: withoutQueue(ask, here, shape.cluster) };
}

function withoutQueue(
  { queue, namespace, queuesUnknown }: Ask,
  here: readonly InventoryQueue[],
  cluster: string,
): PlanReason[] {
  const names = here.map(({ name }) => name).join(', ');
  if (queuesUnknown.includes(cluster)) {
    return [
      info(
        'QueueUnknown',
        `Cluster ${cluster} has Kueue, but its queues could not be read: whether one of them holds the pods back is not known.`,
      ),
    ];
  }
  if (queue) {
    return [
      blocking(
        'NoSuchQueue',
        `Namespace ${namespace ?? '(none named)'} of cluster ${cluster} has no LocalQueue "${queue}". ${
          names ? `Choose one of: ${names}.` : 'Leave the queue out.'
        }`,
      ),
    ];
  }
  return here.length > 1
    ? [
        info(
          'QueueNotChosen',
          `Namespace ${namespace} has the LocalQueues ${names}. Name one as queue to have it admit the pods; without one Kueue leaves them alone or refuses them, by its configuration.`,
        ),
      ]
    : [];
}

function judge(
  ask: Ask,
  queue: InventoryQueue,
  shape: HardwareShape,
  gpuCount: number,
): PlanReason[] {
  const { name, namespace, clusterQueue, stopped, quota } = queue;
  const door = `LocalQueue ${name} of namespace ${namespace}`;
  const whole = `ClusterQueue ${clusterQueue}`;
  const other = 'Ask who runs the queue, or choose another.';
  if (stopped) {
    const why = [stopped.reason, stopped.message].filter(Boolean).join(': ');
    return [
      blocking(
        stopped.by === 'LocalQueue' ? 'QueueStopped' : 'ClusterQueueInactive',
        stopped.by === 'LocalQueue'
          ? `${door} is stopped (${why}): it admits nothing new. ${other}`
          : `${whole} behind ${door} is not active (${why}): it admits nothing new. ${other}`,
      ),
    ];
  }
  if (!quota) {
    return [
      info(
        'QueueUnknown',
        `${door} leads to ${whole}, which could not be read: what it leaves is not known.`,
      ),
    ];
  }
  if (quota.state !== 'Ready') {
    const fault =
      quota.state === 'Missing'
        ? 'which does not exist'
        : 'which takes workloads of no namespace (it has no namespaceSelector)';
    return [
      blocking(
        'ClusterQueueInactive',
        `${door} leads to ${whole}, ${fault}: it admits nothing. ${other}`,
      ),
    ];
  }
  const flavors = quota.flavors.filter(flavor => suits(flavor, shape));
  if (flavors.length === 0) {
    return [
      blocking(
        'QueueLacksResource',
        `${whole} behind ${door} has no quota for ${shape.resource} on ${shape.name}. Choose another GPU or queue.`,
      ),
    ];
  }
  return [
    ...uncovered(quota.covered, whole),
    ...unchecked(flavors, whole),
    ...judgeFlavors(ask, queue, flavors, shape, gpuCount),
  ];
}

/** Nodes of a flavor that names a product have that one alone. */
function suits({ resource, products }: QueueFlavor, shape: HardwareShape) {
  return (
    resource === shape.resource &&
    Object.values(products).every(
      product => product === shape.selector || product === shape.productLabel,
    )
  );
}

/** Kueue admits no pod that asks for anything its queue has no quota for. */
function uncovered(covered: readonly string[], whole: string): PlanReason[] {
  const lacking = ['cpu', 'memory'].filter(each => !covered.includes(each));
  return lacking.length === 0
    ? []
    : [
        {
          code: 'QueueLacksResource',
          field: 'queue',
          severity: 'Warning',
          message: `${whole} has no quota for ${lacking.join(
            ' and ',
          )}, which the pods ask for, too: it admits none of them unless Kueue's configuration leaves these out (excludeResourcePrefixes).`,
        },
      ];
}

/** A reservation is no admission where somebody else has a word: a machine that is to be made, another cluster. */
function unchecked(
  flavors: readonly QueueFlavor[],
  whole: string,
): PlanReason[] {
  const names = [...new Set(flavors.flatMap(({ checks = [] }) => checks))];
  return names.length === 0
    ? []
    : [
        {
          code: 'QueueAdmissionChecks',
          field: 'queue',
          severity: 'Warning',
          message: `${whole} asks ${
            names.length === 1 ? 'admission check' : 'admission checks'
          } ${names.join(', ')} before it starts anything: quota that is left does not say that the pods will start.`,
        },
      ];
}

function judgeFlavors(
  { replicas }: Ask,
  { name, namespace, clusterQueue, pending = 0, quota }: InventoryQueue,
  flavors: readonly QueueFlavor[],
  { resource }: HardwareShape,
  gpuCount: number,
): PlanReason[] {
  const sum = (pick: (flavor: QueueFlavor) => number) =>
    flavors.reduce((total, flavor) => total + pick(flavor), 0);
  const where = `LocalQueue ${name} of namespace ${namespace} (ClusterQueue ${clusterQueue})`;
  const nominal = formatCount(sum(flavor => flavor.nominal));
  if (flavors.some(({ used }) => used === undefined)) {
    return [
      info(
        'QueueUnknown',
        `${where} has a quota of ${nominal} ${resource}; how much of it is used is not known.`,
      ),
    ];
  }
  // Each pod is a workload of its own, and lies in one flavor.
  const pods = (left: (flavor: QueueFlavor) => number) =>
    sum(flavor => Math.floor(Math.max(0, left(flavor)) / gpuCount));
  const asked = replicas * gpuCount;
  const own = sum(flavor => Math.max(0, ownLeft(flavor)));
  const borrowed = sum(flavor => Math.max(0, withCohort(flavor))) - own;
  const state = [
    `${where} has a quota of ${nominal} ${resource}, of which ${formatCount(own)} are left`,
    ...(quota?.cohort
      ? [
          borrowed > 0
            ? `${formatCount(borrowed)} more can be borrowed from cohort ${quota.cohort} now`
            : `nothing can be borrowed from cohort ${quota.cohort} now`,
        ]
      : []),
    ...(pending > 0
      ? [`${plural(pending, 'workload')} already waiting in it`]
      : []),
  ].join('; ');
  const need = `${plural(replicas, 'replica')} of ${plural(gpuCount, 'GPU')} need ${formatCount(asked)}`;
  if (pods(withCohort) < replicas) {
    return [
      blocking(
        'QueueExceeded',
        `${state}; ${need}, and would wait. Choose fewer replicas or GPUs, or another queue.`,
      ),
    ];
  }
  if (pods(ownLeft) < replicas) {
    return [
      {
        code: 'QueueBorrows',
        field: 'queue',
        severity: 'Warning',
        message: `${state}; ${need}. What is borrowed may be taken back by those who lend it.`,
      },
    ];
  }
  return [
    own === asked
      ? {
          code: 'QueueUsedUp',
          field: 'queue',
          severity: 'Warning',
          message: `${state}: this service takes the last of them.`,
        }
      : info('QueueQuota', `${state}; ${need}.`),
  ];
}

/** What the queue has left of its own, as far as others have not borrowed it. */
function ownLeft(flavor: QueueFlavor): number {
  const { nominal, used = nominal, cohortLeft = 0 } = flavor;
  return Math.min(nominal - used, nominal - used + cohortLeft);
}

/** The same with what may be borrowed now. */
function withCohort(flavor: QueueFlavor): number {
  const { nominal, used = nominal, cohortLeft = 0, borrowingLimit } = flavor;
  return Math.min(
    nominal - used + cohortLeft,
    nominal + (cohortLeft > 0 ? (borrowingLimit ?? Infinity) : 0) - used,
  );
}

function blocking(code: string, message: string): PlanReason {
  return { code, field: 'queue', severity: 'Blocking', message };
}

function info(code: string, message: string): PlanReason {
  return { code, field: 'queue', severity: 'Info', message };
}
