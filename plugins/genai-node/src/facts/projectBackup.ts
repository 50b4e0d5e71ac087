import type { BackupFact, BackupScheduleFact } from './Fact';
import { asNamespaced, identityOf } from './identity';
import { intern } from './intern';

/** Errors of backups can be whole command outputs. */
const MESSAGE_LENGTH = 512;

interface RawBackup {
  spec?: { cluster?: { name?: string }; method?: string };
  status?: {
    phase?: string;
    method?: string;
    startedAt?: string;
    stoppedAt?: string;
    error?: string;
  };
}

interface RawScheduledBackup {
  spec?: { cluster?: { name?: string }; schedule?: string; suspend?: boolean };
  status?: { lastScheduleTime?: string; nextScheduleTime?: string };
}

/** One backup of a CloudNativePG cluster. */
export function projectBackup(raw: unknown): BackupFact | undefined {
  const object = asNamespaced(raw);
  const { spec, status } = (raw ?? {}) as RawBackup;
  const cluster = spec?.cluster?.name;
  if (!object || typeof cluster !== 'string') return undefined;
  const { creationTimestamp } = object.metadata;
  const method = status?.method ?? spec?.method;
  return {
    resource: 'cnpgbackups',
    ...identityOf(object),
    cluster: intern(cluster),
    ...(status?.phase ? { phase: intern(status.phase) } : {}),
    ...(method ? { method: intern(method) } : {}),
    ...(creationTimestamp ? { createdAt: creationTimestamp } : {}),
    ...(status?.startedAt ? { startedAt: status.startedAt } : {}),
    ...(status?.stoppedAt ? { stoppedAt: status.stoppedAt } : {}),
    ...(status?.error ? { error: status.error.slice(0, MESSAGE_LENGTH) } : {}),
  };
}

/** The schedule of such backups. */
export function projectScheduledBackup(
  raw: unknown,
): BackupScheduleFact | undefined {
  const object = asNamespaced(raw);
  const { spec, status } = (raw ?? {}) as RawScheduledBackup;
  const cluster = spec?.cluster?.name;
  if (
    !object ||
    typeof cluster !== 'string' ||
    typeof spec?.schedule !== 'string'
  ) {
    return undefined;
  }
  const { creationTimestamp } = object.metadata;
  return {
    resource: 'cnpgscheduledbackups',
    ...identityOf(object),
    cluster: intern(cluster),
    schedule: spec.schedule,
    suspended: spec.suspend === true,
    ...(creationTimestamp ? { createdAt: creationTimestamp } : {}),
    ...(status?.lastScheduleTime
      ? { lastScheduledAt: status.lastScheduleTime }
      : {}),
  };
}
