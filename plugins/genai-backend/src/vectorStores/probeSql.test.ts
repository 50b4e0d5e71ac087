import { DEFAULT_STORE_THRESHOLDS } from '@promptside/backstage-plugin-genai-node';
import { FakeClock } from '../__testUtils__/FakeClock';
import { createPgClient, probeSql, type SqlClient } from './probeSql';
import type { SqlSource } from './vectorStoresConfig';

const SOURCE: SqlSource = {
  name: 'docs',
  cluster: 'one',
  namespace: 'team-a',
  store: 'docs',
  host: '127.0.0.1',
  port: 1,
  database: 'app',
  user: 'reader',
  password: 'secret-password',
  tls: 'off',
};

/** A database that answers by a part of the statement; what it was asked. */
function databaseOf(
  answers: [RegExp, Record<string, unknown>[] | Error][],
  connect: () => Promise<void> = async () => {},
) {
  const asked: string[] = [];
  const client: SqlClient = {
    connect,
    async query(sql) {
      asked.push(sql);
      const found = answers.find(([part]) => part.test(sql))?.[1] ?? [];
      if (found instanceof Error) throw found;
      return { rows: found };
    },
    end: async () => {
      asked.push('end');
    },
    on: () => {},
  };
  const probe = () =>
    probeSql({
      source: SOURCE,
      timeoutMs: 5_000,
      thresholds: DEFAULT_STORE_THRESHOLDS,
      clock: new FakeClock(),
      createClient: () => client,
    });
  return { probe, asked };
}

const VERSION: [RegExp, Record<string, unknown>[]] = [
  /server_version/,
  [{ server_version: '18.6', extension_version: '0.8.6' }],
];
const COLUMN = {
  schema_name: 'public',
  table_name: 'chunks',
  column_name: 'embedding',
  dimension: 384,
  quoted_name: 'public.chunks',
  estimated_count: -1,
  live_count: 0,
};
const faultOf = (code: string, message = 'no') =>
  Object.assign(new Error(message), { code });

describe('probeSql', () => {
  it('asks in one read-only transaction with a limit, and leaves nothing open', async () => {
    const { probe, asked } = databaseOf([
      VERSION,
      [/count\(\*\)/, [{ exact_count: 42 }]],
      [/typname IN/, [COLUMN]],
    ]);
    const reading = await probe();
    expect(reading).toMatchObject({
      collectionCount: 1,
      collections: [{ name: 'chunks', count: { value: 42 } }],
    });
    expect(asked[0]).toBe('BEGIN TRANSACTION READ ONLY');
    expect(asked[1]).toBe('SET LOCAL statement_timeout = 5000');
    expect(asked.slice(-2)).toEqual(['ROLLBACK', 'end']);
    const words = asked.map(sql => sql.split(' ')[0]);
    expect(new Set(words)).toEqual(
      new Set(['BEGIN', 'SET', 'SELECT', 'SAVEPOINT', 'ROLLBACK', 'end']),
    );
  });

  it('leaves a count unknown that it may not make', async () => {
    const { probe, asked } = databaseOf([
      VERSION,
      [/count\(\*\)/, faultOf('42501')],
      [/typname IN/, [COLUMN]],
    ]);
    const { collections } = await probe();
    expect(collections[0]).not.toHaveProperty('count');
    expect(asked).toContain('ROLLBACK TO SAVEPOINT counting');
  });

  it('asks nothing more without the extension', async () => {
    const { probe, asked } = databaseOf([
      [/server_version/, [{ server_version: '18.6', extension_version: null }]],
    ]);
    const { checks } = await probe();
    expect(checks).toContainEqual(
      expect.objectContaining({ reason: 'ExtensionMissing', impact: 'Down' }),
    );
    expect(asked.some(sql => sql.includes('typname'))).toBe(false);
  });

  it.each<[string, Error, object]>([
    [
      'is away',
      faultOf('ECONNREFUSED'),
      { outcome: 'Fail', impact: 'Down', reason: 'Unreachable' },
    ],
    [
      'is late',
      faultOf('', 'timeout expired'),
      { outcome: 'Fail', impact: 'Degraded', reason: 'Timeout' },
    ],
    ['refuses the password', faultOf('28P01'), { outcome: 'Pass' }],
  ])('says of a database that %s how bad it is', async (_, error, expected) => {
    const { probe, asked } = databaseOf([], () => Promise.reject(error));
    const reading = await probe();
    expect(reading.checks[0]).toMatchObject({ name: 'Reachable', ...expected });
    expect(reading.fault).toBeDefined();
    expect(asked).toEqual(['end']);
  });

  it('never tells the password, and survives a port where nobody is', async () => {
    const reading = await probeSql({
      source: SOURCE,
      timeoutMs: 2_000,
      thresholds: DEFAULT_STORE_THRESHOLDS,
      clock: new FakeClock(),
      createClient: createPgClient,
    });
    expect(reading.checks[0]).toMatchObject({ impact: 'Down' });
    expect(JSON.stringify(reading)).not.toContain('secret-password');
  });
});
