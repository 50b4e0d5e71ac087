import { ConfigReader } from '@backstage/config';
import { readVectorStoresConfig } from './vectorStoresConfig';

const read = (vectorStores?: object) =>
  readVectorStoresConfig(
    new ConfigReader(vectorStores ? { genai: { vectorStores } } : {}),
  );

const SQL = {
  cluster: 'one',
  namespace: 'team-a',
  store: 'docs',
  host: 'pg.test',
  database: 'app',
  user: 'reader',
  password: 'p',
};

describe('readVectorStoresConfig', () => {
  it('probes by default, and reads no kubelet', () => {
    expect(read()).toMatchObject({
      probes: {
        enabled: true,
        intervalMs: 30_000,
        timeoutMs: 5_000,
        concurrency: 4,
      },
      volumeStats: { enabled: false },
      thresholds: { storageWarnRatio: 0.8 },
      sql: [],
    });
  });

  it('reads every key', () => {
    expect(
      read({
        probes: { enabled: false, interval: '1m', timeout: '2s' },
        volumeStats: { enabled: true, interval: { minutes: 2 } },
        thresholds: { storageWarnRatio: 0.7, backupMaxAge: { days: 7 } },
        sql: { docs: { ...SQL, tls: 'off' } },
      }),
    ).toMatchObject({
      probes: { enabled: false, intervalMs: 60_000, timeoutMs: 2_000 },
      volumeStats: { enabled: true, intervalMs: 120_000 },
      thresholds: { storageWarnRatio: 0.7, backupMaxAgeMs: 7 * 86_400_000 },
      sql: [{ name: 'docs', port: 5432, tls: 'off', ...SQL }],
    });
  });

  it.each<[object, string]>([
    [{ probes: { interval: '1s' } }, 'genai.vectorStores.probes.interval'],
    [{ probes: { concurrency: 0 } }, 'genai.vectorStores.probes.concurrency'],
    [{ probes: { concurrency: 1.5 } }, 'genai.vectorStores.probes.concurrency'],
    [
      { thresholds: { storageWarnRatio: 80 } },
      'genai.vectorStores.thresholds.storageWarnRatio',
    ],
    [
      { sql: { docs: { ...SQL, port: 'many' } } },
      'genai.vectorStores.sql.docs.port',
    ],
    [
      { sql: { docs: { ...SQL, tls: 'maybe' } } },
      'genai.vectorStores.sql.docs.tls',
    ],
    [
      { sql: { docs: { ...SQL, password: undefined } } },
      'genai.vectorStores.sql.docs.password',
    ],
  ])('refuses %j and names %s', (vectorStores, key) => {
    expect(() => read(vectorStores)).toThrow(key);
  });
});
