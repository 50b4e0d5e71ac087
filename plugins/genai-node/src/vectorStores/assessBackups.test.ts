import type { BackupFact, BackupScheduleFact } from '../facts/Fact';
import { assessBackups } from './assessBackups';
import { DEFAULT_STORE_THRESHOLDS } from './thresholds';

const NOW = Date.parse('2026-11-10T12:00:00Z');
const HOUR = 3_600_000;
const ago = (hours: number) => new Date(NOW - hours * HOUR).toISOString();

function backup(phase: string, hours: number, more = {}): BackupFact {
  return {
    resource: 'cnpgbackups',
    uid: `${phase}-${hours}`,
    name: 'b',
    namespace: 'team-a',
    cluster: 'docs',
    phase,
    stoppedAt: ago(hours),
    ...more,
  };
}

function plan(schedule: string, more = {}): BackupScheduleFact {
  return {
    resource: 'cnpgscheduledbackups',
    uid: schedule,
    name: 's',
    namespace: 'team-a',
    cluster: 'docs',
    schedule,
    suspended: false,
    createdAt: ago(1_000),
    ...more,
  };
}

const DAILY = plan('0 0 2 * * *');

function assess(more: Partial<Parameters<typeof assessBackups>[0]>) {
  return assessBackups({
    backups: [],
    schedules: [],
    known: true,
    now: NOW,
    thresholds: DEFAULT_STORE_THRESHOLDS,
    ...more,
  });
}

describe('assessBackups', () => {
  it.each<[string, Parameters<typeof assess>[0], string]>([
    ['none at all', {}, 'None'],
    ['none, and the list was never read', { known: false }, 'Unknown'],
    [
      'a good one within its schedule',
      { backups: [backup('completed', 30)], schedules: [DAILY] },
      'Current',
    ],
    [
      'a good one that is older than one and a half days',
      { backups: [backup('completed', 37)], schedules: [DAILY] },
      'Stale',
    ],
    [
      'a good one of an hourly schedule, two hours old',
      {
        backups: [backup('completed', 2)],
        schedules: [DAILY, plan('0 0 * * * *')],
      },
      'Stale',
    ],
    [
      'one by hand, without a schedule',
      { backups: [backup('completed', 40)] },
      'Stale',
    ],
    [
      'a good one and a newer one that failed',
      {
        backups: [backup('completed', 10), backup('failed', 1)],
        schedules: [DAILY],
      },
      'Failed',
    ],
    [
      'a failed one and a newer good one',
      {
        backups: [backup('completed', 1), backup('failed', 10)],
        schedules: [DAILY],
      },
      'Current',
    ],
    [
      'WAL archiving that fails under the backup',
      { backups: [backup('walArchivingFailing', 1)], schedules: [DAILY] },
      'Failed',
    ],
    [
      'one that still runs, the first',
      {
        backups: [backup('running', 0, { stoppedAt: undefined })],
        schedules: [plan('0 0 2 * * *', { createdAt: ago(3) })],
      },
      'Pending',
    ],
    ['a schedule that never brought any', { schedules: [DAILY] }, 'Stale'],
    [
      'a schedule that is suspended',
      { schedules: [plan('0 0 2 * * *', { suspended: true })] },
      'None',
    ],
    [
      "dates in an old operator's status alone",
      { said: { lastSucceededBackupAt: ago(3) } },
      'Current',
    ],
    [
      "a newer failure in an old operator's status",
      { said: { lastSucceededBackupAt: ago(3), lastFailedBackupAt: ago(1) } },
      'Failed',
    ],
    [
      'a failed one that never started',
      {
        backups: [
          backup('invalid backup definition', 0, {
            stoppedAt: undefined,
            createdAt: ago(1),
          }),
        ],
      },
      'Failed',
    ],
  ])('of %s', (_, given, state) => {
    expect(assess(given).state).toBe(state);
  });

  it('tells schedule, interval, dates and method', () => {
    expect(
      assess({
        backups: [
          backup('completed', 10, { method: 'plugin' }),
          backup('completed', 34, { method: 'volumeSnapshot' }),
        ],
        schedules: [DAILY],
      }),
    ).toEqual({
      state: 'Current',
      schedule: '0 0 2 * * *',
      intervalMs: 24 * HOUR,
      lastSucceededAt: ago(10),
      method: 'plugin',
    });
  });
});
