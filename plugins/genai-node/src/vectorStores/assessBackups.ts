import type { StoreBackup } from '@promptside/backstage-plugin-genai-common';
import type { BackupFact, BackupScheduleFact } from '../facts/Fact';
import { cronIntervalMs } from './cronIntervalMs';
import type { StoreThresholds } from './thresholds';

/** Phases of a Backup that will not become a good one. */
const FAILED = new Set([
  'failed',
  'walArchivingFailing',
  'invalid backup definition',
]);

/**
 * Backups of a CloudNativePG cluster against their schedule. Backup objects come first; the dates in the cluster's status are
 * deprecated and empty with a plugin, so they only count where there is no object.
 */
export function assessBackups(options: {
  backups: readonly BackupFact[];
  schedules: readonly BackupScheduleFact[];
  /** From the cluster's own status. */
  said?: { lastSucceededBackupAt?: string; lastFailedBackupAt?: string };
  /** The list of backups was read. */
  known: boolean;
  now: number;
  thresholds: Pick<StoreThresholds, 'backupGraceRatio' | 'backupMaxAgeMs'>;
}): StoreBackup {
  const { backups, said = {}, now, thresholds } = options;
  const active = options.schedules.filter(({ suspended }) => !suspended);
  const rows = active
    .map(plan => ({ plan, intervalMs: cronIntervalMs(plan.schedule) }))
    .sort((a, b) => (a.intervalMs ?? Infinity) - (b.intervalMs ?? Infinity));
  const [tightest] = rows;
  const good = newest(
    backups
      .filter(({ phase }) => phase === 'completed')
      .map(backup => ({ backup, at: backup.stoppedAt ?? backup.startedAt })),
  );
  const bad = newest(
    backups
      .filter(({ phase }) => FAILED.has(phase ?? ''))
      .map(backup => ({
        backup,
        at: backup.stoppedAt ?? backup.startedAt ?? backup.createdAt,
      })),
  );
  const lastSucceededAt = good?.at ?? said.lastSucceededBackupAt;
  const lastFailedAt = bad?.at ?? said.lastFailedBackupAt;
  const method = good?.backup.method ?? bad?.backup.method;
  const facts = {
    ...(tightest ? { schedule: tightest.plan.schedule } : {}),
    ...(tightest?.intervalMs ? { intervalMs: tightest.intervalMs } : {}),
    ...(lastSucceededAt ? { lastSucceededAt } : {}),
    ...(lastFailedAt ? { lastFailedAt } : {}),
    ...(method ? { method } : {}),
  };
  const allowed = tightest?.intervalMs
    ? tightest.intervalMs * thresholds.backupGraceRatio
    : thresholds.backupMaxAgeMs;
  const age = (at: string) => now - Date.parse(at);
  if (
    lastFailedAt &&
    (!lastSucceededAt || Date.parse(lastFailedAt) > Date.parse(lastSucceededAt))
  ) {
    return { state: 'Failed', ...facts };
  }
  if (lastSucceededAt) {
    return {
      state: age(lastSucceededAt) > allowed ? 'Stale' : 'Current',
      ...facts,
    };
  }
  if (!options.known) return { state: 'Unknown', ...facts };
  if (!tightest) return { state: 'None', ...facts };
  const { createdAt } = tightest.plan;
  return {
    state: createdAt && age(createdAt) > allowed ? 'Stale' : 'Pending',
    ...facts,
  };
}

function newest(
  rows: readonly { backup: BackupFact; at: string | undefined }[],
): { backup: BackupFact; at: string } | undefined {
  return rows
    .flatMap(({ backup, at }) => (at ? [{ backup, at }] : []))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
}
