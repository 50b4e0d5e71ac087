import type { BackupFact, BackupScheduleFact } from '../facts/Fact';
import { BackupTable } from './BackupTable';

const place = { namespace: 'team-a', cluster: 'pg' };
const backup = {
  resource: 'cnpgbackups',
  uid: 'b',
  ...place,
} as BackupFact;
const schedule = {
  resource: 'cnpgscheduledbackups',
  uid: 's',
  ...place,
} as BackupScheduleFact;

const contentsOf = (table: BackupTable, cluster = 'pg') => [
  [...table.backupsOf('team-a', cluster)],
  [...table.schedulesOf('team-a', cluster)],
];

describe('BackupTable', () => {
  it('keeps backups and schedules of a cluster apart, and forgets each alone', () => {
    const table = new BackupTable();
    table.add(backup);
    table.add(schedule);
    expect(contentsOf(table)).toEqual([[backup], [schedule]]);
    expect(contentsOf(table, 'other')).toEqual([[], []]);
    table.remove(backup);
    expect(contentsOf(table)).toEqual([[], [schedule]]);
    table.remove(schedule);
    expect(contentsOf(table)).toEqual([[], []]);
  });
});
