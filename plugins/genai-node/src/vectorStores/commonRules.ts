import type { StoreCollection } from '@promptside/backstage-plugin-genai-common';
import { checkStorage } from './checkStorage';
import { namesOf } from './namesOf';
import { fail, pass } from './ruleWords';
import type { StoreObservation } from './StoreObservation';
import type { RuleCheck } from './VectorStoreSpoke';

const DAY_MS = 86_400_000;

/** One instance: a node that goes takes the store with it. */
export function checkRedundancy({ replicas }: StoreObservation): RuleCheck[] {
  if (replicas.desired === 0) return [];
  return replicas.desired > 1
    ? [pass('Redundancy')]
    : [
        fail('Redundancy', 'Notice', {
          reason: 'SingleInstance',
          message: 'One instance only: the store is away while it restarts',
        }),
      ];
}

/** Data that ends with its pod. */
export function checkPersistence({
  persistence,
}: StoreObservation): RuleCheck[] {
  switch (persistence) {
    case 'Persistent':
      return [pass('Persistence')];
    case 'Ephemeral':
      return [
        fail('Persistence', 'Notice', {
          reason: 'EphemeralStorage',
          message:
            'The data is in the file system of the container and lost with the pod',
        }),
      ];
    default:
      return [];
  }
}

/** Backups against their schedule. */
export function checkBackup({ backup, now }: StoreObservation): RuleCheck[] {
  const { state, lastSucceededAt, schedule } = backup;
  const age =
    lastSucceededAt === undefined
      ? 'there is none'
      : `the last good one is ${ageOf(now - Date.parse(lastSucceededAt))} old`;
  switch (state) {
    case 'Current':
      return [pass('Backup', { message: `The last one: ${age}` })];
    case 'Pending':
      return [pass('Backup', { message: 'The first one is not due yet' })];
    case 'None':
      return [
        fail('Backup', 'Notice', {
          reason: 'NoBackup',
          message: 'There is no backup and none is scheduled',
        }),
      ];
    case 'Stale':
      return [
        fail('Backup', 'Degraded', {
          reason: 'BackupTooOld',
          message: schedule
            ? `Backups are late: ${age}, the schedule is "${schedule}"`
            : `Backups are late: ${age}`,
        }),
      ];
    case 'Failed':
      return [
        fail('Backup', 'Degraded', {
          reason: 'BackupFailed',
          message: `The newest backup failed; ${age}`,
        }),
      ];
    default:
      return [];
  }
}

function ageOf(ms: number): string {
  const hours = Math.max(0, Math.floor(ms / 3_600_000));
  return hours < 48 ? `${hours} hours` : `${Math.floor(ms / DAY_MS)} days`;
}

/** Collections that cannot be searched, and indexes that are not used. */
export function checkCollections(
  collections: readonly StoreCollection[],
): RuleCheck[] {
  const named = (matches: (collection: StoreCollection) => boolean) =>
    collections.filter(matches).map(({ name }) => name);
  const unloaded = named(({ loaded }) => loaded === false);
  const invalid = named(({ indexState }) => indexState === 'Invalid');
  const missing = named(({ indexState }) => indexState === 'Missing');
  return [
    ...(unloaded.length > 0
      ? [
          fail('Loaded', 'Degraded', {
            reason: 'CollectionNotLoaded',
            message: `Not loaded, so nobody can search it: ${namesOf(unloaded)}`,
          }),
        ]
      : []),
    ...(invalid.length > 0
      ? [
          fail('Indexes', 'Degraded', {
            reason: 'IndexInvalid',
            message: `The index is not usable: ${namesOf(invalid)}`,
          }),
        ]
      : []),
    ...(missing.length > 0
      ? [
          fail('IndexMissing', 'Notice', {
            reason: 'IndexMissing',
            message: `No index over the vectors, so each search reads all of them: ${namesOf(missing)}`,
          }),
        ]
      : []),
  ];
}

/** An answer that came, but late. */
export function checkLatency({
  probe,
  thresholds,
}: StoreObservation): RuleCheck[] {
  const latencyMs = probe?.readings.find(
    reading => reading.latencyMs !== undefined && !reading.fault,
  )?.latencyMs;
  if (latencyMs === undefined) return [];
  return latencyMs > thresholds.slowAnswerMs
    ? [
        fail('Latency', 'Notice', {
          reason: 'SlowAnswer',
          message: `The store took ${Math.round(latencyMs)} ms for a question that costs nothing`,
          latencyMs,
        }),
      ]
    : [pass('Latency', { latencyMs })];
}

/** Collections of all readings. */
export function collectionsOf({ probe }: StoreObservation): StoreCollection[] {
  return (probe?.readings ?? []).flatMap(({ collections }) => collections);
}

/** What every store is asked. */
export function commonRules(observation: StoreObservation): RuleCheck[] {
  return [
    ...checkPersistence(observation),
    ...checkStorage(observation),
    ...checkBackup(observation),
    ...checkCollections(collectionsOf(observation)),
    ...checkLatency(observation),
  ];
}
