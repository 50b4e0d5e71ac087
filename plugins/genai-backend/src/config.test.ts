import { ConfigReader } from '@backstage/config';
import { readGenaiConfig } from './config';

const read = (genai?: object) =>
  readGenaiConfig(new ConfigReader(genai ? { genai } : {}));

describe('readGenaiConfig', () => {
  it('works without any configuration', () => {
    expect(read()).toEqual({
      clusters: { exclude: [], refreshIntervalMs: 60_000 },
      watch: { pageSize: 1000, requestTimeoutMs: 60_000, idleMs: 100_000 },
    });
  });

  it('reads every key', () => {
    expect(
      read({
        clusters: {
          include: ['a', 'arn:aws:eks:eu-west-1:1:cluster/b'],
          exclude: ['c'],
          refreshInterval: { minutes: 5 },
        },
        watch: { pageSize: 100, requestTimeout: '30s', idleTimeout: 'PT75S' },
      }),
    ).toEqual({
      clusters: {
        include: ['a', 'arn:aws:eks:eu-west-1:1:cluster/b'],
        exclude: ['c'],
        refreshIntervalMs: 300_000,
      },
      watch: { pageSize: 100, requestTimeoutMs: 30_000, idleMs: 75_000 },
    });
  });

  it.each([
    [{ clusters: { include: 'a' } }, 'genai.clusters.include'],
    [{ clusters: { include: ['a', '-'] } }, 'genai.clusters.include[1]'],
    [{ clusters: { exclude: [''] } }, 'genai.clusters.exclude[0]'],
    [
      { clusters: { refreshInterval: 'soon' } },
      'genai.clusters.refreshInterval',
    ],
    [{ clusters: { refreshInterval: '1s' } }, 'genai.clusters.refreshInterval'],
    [{ watch: { pageSize: 0 } }, 'genai.watch.pageSize'],
    [{ watch: { pageSize: 'many' } }, 'genai.watch.pageSize'],
    [{ watch: { requestTimeout: '10m' } }, 'genai.watch.requestTimeout'],
    [{ watch: { idleTimeout: { seconds: 1 } } }, 'genai.watch.idleTimeout'],
    [{ watch: 7 }, 'genai.watch'],
  ])('refuses %j and names %s', (genai, key) => {
    expect(() => read(genai)).toThrow(key);
  });
});
