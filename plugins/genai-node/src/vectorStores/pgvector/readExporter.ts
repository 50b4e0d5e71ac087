import {
  parseExposition,
  type MetricSample,
} from '../../engineMetrics/parseExposition';
import { fail, pass } from '../ruleWords';
import type { StoreThresholds } from '../thresholds';
import type { RuleCheck } from '../VectorStoreSpoke';

const WANTED = new Set([
  'cnpg_collector_up',
  'cnpg_collector_fencing_on',
  'cnpg_collector_nodes_used',
  'cnpg_collector_manual_switchover_required',
  'cnpg_collector_pg_wal_archive_status',
  'cnpg_collector_sync_replicas',
  'cnpg_pg_replication_lag',
  'cnpg_pg_replication_in_recovery',
]);

type Limits = Pick<StoreThresholds, 'walReadyCount' | 'replicationLagMs'>;

/**
 * What the exporters of all instances say together. A metric that is not there says nothing: no check is made of it.
 * Source: CloudNativePG, `pkg/management/postgres/metrics` and its default queries.
 */
export function readExporter(
  instances: readonly { pod: string; text: string }[],
  limits: Limits,
): RuleCheck[] {
  const samples = instances.flatMap(({ pod, text }) =>
    parseExposition(text, WANTED).map(sample => ({ pod, ...sample })),
  );
  const of = (name: string) => samples.filter(sample => sample.name === name);
  return [
    ...checkEach(of('cnpg_collector_up'), 'Instances', value => value === 1, {
      reason: 'PostgresDown',
      message: pods => `PostgreSQL is down in ${pods}`,
    }),
    ...checkEach(of('cnpg_collector_fencing_on'), 'Fencing', isZero, {
      reason: 'Fenced',
      message: pods => `${pods} is fenced: it takes no connections`,
    }),
    ...checkEach(
      of('cnpg_collector_manual_switchover_required'),
      'Switchover',
      isZero,
      {
        reason: 'ManualSwitchoverRequired',
        message: pods => `${pods} waits for a person to switch over`,
      },
    ),
    ...checkNodes(of('cnpg_collector_nodes_used'), instances.length),
    ...checkWal(of('cnpg_collector_pg_wal_archive_status'), limits),
    ...checkStandbys(of('cnpg_collector_sync_replicas')),
    ...checkLag(samples, limits),
  ];
}

type Sample = MetricSample & { pod: string };

const isZero = (value: number) => value === 0;

function checkEach(
  samples: readonly Sample[],
  name: string,
  isWell: (value: number) => boolean,
  words: { reason: string; message: (pods: string) => string },
): RuleCheck[] {
  if (samples.length === 0) return [];
  const sick = samples.filter(({ value }) => !isWell(value));
  const pods = sick.map(({ pod }) => pod).join(', ');
  return sick.length === 0
    ? [pass(name)]
    : [
        fail(name, 'Degraded', {
          reason: words.reason,
          message: words.message(pods),
        }),
      ];
}

function checkNodes(samples: readonly Sample[], count: number): RuleCheck[] {
  const [used] = samples.map(({ value }) => value).sort((a, b) => b - a);
  if (used === undefined || count < 2) return [];
  return used > 1
    ? [pass('Nodes', { message: `The instances run on ${used} nodes` })]
    : [
        fail('Nodes', 'Notice', {
          reason: 'SingleNode',
          message: `All ${count} instances run on one node, and end with it`,
        }),
      ];
}

function checkWal(samples: readonly Sample[], limits: Limits): RuleCheck[] {
  const waiting = samples
    .filter(({ labels }) => labels.value === 'ready')
    .map(({ value }) => value);
  if (waiting.length === 0) return [];
  const most = Math.max(...waiting);
  return most > limits.walReadyCount
    ? [
        fail('WalArchive', 'Degraded', {
          reason: 'WalArchiveBacklog',
          message: `${most} WAL files wait for their archive (limit ${limits.walReadyCount})`,
        }),
      ]
    : [pass('WalArchive', { message: `${most} WAL files wait` })];
}

/** The primary counts its synchronous standbys; -1 is the exporter's word for an error. */
function checkStandbys(samples: readonly Sample[]): RuleCheck[] {
  const most = (kind: string) =>
    Math.max(
      -1,
      ...samples
        .filter(({ labels }) => labels.value === kind)
        .map(({ value }) => value),
    );
  const [expected, observed] = [most('expected'), most('observed')];
  if (expected < 1 || observed < 0) return [];
  return observed >= expected
    ? [pass('SynchronousReplicas')]
    : [
        fail('SynchronousReplicas', 'Degraded', {
          reason: 'SynchronousReplicaMissing',
          message: `${observed} of ${expected} synchronous standbys are connected`,
        }),
      ];
}

/** Seconds behind, of the instances in recovery. */
function checkLag(samples: readonly Sample[], limits: Limits): RuleCheck[] {
  const standbys = new Set(
    samples
      .filter(
        ({ name, value }) =>
          name === 'cnpg_pg_replication_in_recovery' && value === 1,
      )
      .map(({ pod }) => pod),
  );
  const lags = samples.filter(
    ({ name, pod, value }) =>
      name === 'cnpg_pg_replication_lag' &&
      standbys.has(pod) &&
      Number.isFinite(value),
  );
  if (lags.length === 0) return [];
  const worst = lags.reduce((a, b) => (b.value > a.value ? b : a));
  const seconds = Math.round(worst.value);
  return worst.value * 1000 > limits.replicationLagMs
    ? [
        fail('ReplicationLag', 'Degraded', {
          reason: 'ReplicaLagging',
          message: `${worst.pod} is ${seconds} s behind the primary`,
        }),
      ]
    : [pass('ReplicationLag', { message: `At most ${seconds} s behind` })];
}
