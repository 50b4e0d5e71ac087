import type {
  StoreBackup,
  StoreProbe,
} from '@promptside/backstage-plugin-genai-common';
import {
  describeBackup,
  describeCheck,
  describeDaysToFull,
  describeProbe,
  describeStorage,
} from './words';

const hoursAgo = (hours: number) =>
  new Date(Date.now() - hours * 3_600_000).toISOString();

describe('words', () => {
  it.each<[StoreBackup, string | undefined]>([
    [{ state: 'Current', lastSucceededAt: hoursAgo(3) }, '3 h ago'],
    [{ state: 'Stale', lastSucceededAt: hoursAgo(100) }, 'Late: 4 d ago'],
    [{ state: 'Stale' }, 'Late: never'],
    [
      { state: 'Failed', lastSucceededAt: hoursAgo(5) },
      'Failed; last good 5 h ago',
    ],
    [{ state: 'Failed' }, 'Failed'],
    [{ state: 'Pending' }, 'Not due yet'],
    [{ state: 'None' }, 'None'],
    [{ state: 'Unknown' }, undefined],
  ])('of the backup %j', (backup, text) => {
    expect(describeBackup(backup)).toBe(text);
  });

  it.each<[StoreProbe | undefined, string]>([
    [
      { state: 'Answered', latencyMs: { value: 12.6, grade: 'measured' } },
      'Answered in 13 ms',
    ],
    [{ state: 'Answered' }, 'Answered'],
    [
      {
        state: 'Failed',
        fault: { reason: 'Timeout', message: 'too late', at: '' },
      },
      'Timeout: too late',
    ],
    [{ state: 'Failed' }, 'Failed'],
    [{ state: 'Pending' }, 'Not asked yet'],
    [{ state: 'NotProbed', message: 'no HTTP' }, 'no HTTP'],
    [undefined, 'Not asked'],
  ])('of the probe %j', (probe, text) => {
    expect(describeProbe(probe)).toBe(text);
  });

  it('of storage never say 0 for what is not known, nor full before it is', () => {
    expect(describeStorage({ persistence: 'Persistent' })).toBe('Unknown');
    expect(describeStorage({ persistence: 'Ephemeral' })).toBe('None');
    expect(
      describeStorage({
        persistence: 'Persistent',
        storage: {
          sizeBytes: { value: 2 ** 30, grade: 'measured' },
          usedRatio: { value: 0.999, grade: 'measured' },
        },
      }),
    ).toBe('99 % of 1 GiB');
    expect(describeDaysToFull(undefined)).toBeUndefined();
    const usedRatio = { value: 0.9, grade: 'measured' as const };
    const soon = { value: 0.4, grade: 'estimated' as const };
    expect(describeDaysToFull({ usedRatio, daysToFull: soon })).toBe(
      'less than a day (estimated)',
    );
    expect(describeDaysToFull({ usedRatio })).toMatch(/^Unknown/);
    expect(describeDaysToFull({})).toBeUndefined();
  });

  it('of checks are words', () => {
    expect(describeCheck({ name: 'WalArchiving' })).toBe('WAL archiving');
    expect(describeCheck({ name: 'Reachable' })).toBe('Reachable');
  });
});
