import { ConfigReader } from '@backstage/config';
import {
  DEFAULT_STORE_THRESHOLDS,
  deriveStoreTargets,
} from '@promptside/backstage-plugin-genai-node';
import { FakeClock } from '../__testUtils__/FakeClock';
import { chromaObjects, stateOf } from '../__testUtils__/storeCluster';
import { probeStore } from './probeStore';
import { readStoreCredentials } from './storeCredentials';

const TOKEN = 'root:not-for-logs';
const DOCS = { cluster: 'one', namespace: 'team-a', store: 'docs' };
const SERVICE = 'http://docs.team-a.svc:19530';

function read(more: object) {
  const docs = { ...DOCS, token: TOKEN, ...more };
  return readStoreCredentials(
    new ConfigReader({ genai: { vectorStores: { credentials: { docs } } } }),
  );
}

describe('readStoreCredentials', () => {
  it.each([
    [SERVICE, SERVICE],
    [
      'http://docs.team-a.svc.cluster.local:8080/',
      'http://docs.team-a.svc.cluster.local:8080',
    ],
    ['https://docs.test/api/', 'https://docs.test/api'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
  ])('takes %s', (url, base) => {
    expect(read({ url })).toEqual([
      { name: 'docs', ...DOCS, token: TOKEN, url: base },
    ]);
  });

  it.each([
    ['no address', { url: 'docs' }, /must be an address/],
    ['other protocols', { url: 'ftp://docs.team-a.svc' }, /must be an address/],
    ['a password', { url: 'https://u:p@docs.test' }, /no user, password/],
    ['the clear outside', { url: 'http://docs.test' }, /must use https/],
    [
      'an address that looks like inside',
      { url: 'http://docs.team-a.svc-x.test' },
      /must use https/,
    ],
    [
      'another namespace',
      { url: 'http://docs.team-b.svc' },
      /namespace "team-b"/,
    ],
    ['what no header holds', { token: 'a\nb' }, /printable ASCII/],
  ])('refuses %s and tells no secret', (_, more, words) => {
    expect(() => read(more)).toThrow(words);
    expect(() => read(more)).toThrow(
      /genai\.vectorStores\.credentials\.docs\./,
    );
    expect(() => read(more)).not.toThrow(TOKEN);
  });

  it('is empty without configuration', () => {
    expect(readStoreCredentials(new ConfigReader({}))).toEqual([]);
  });
});

describe('a probe with a credential', () => {
  const IMAGES = {
    milvus: ['milvusdb/milvus:v2.6.11', 19_530],
    qdrant: ['qdrant/qdrant:v1.17.0', 6333],
    weaviate: ['cr.weaviate.io/semitechnologies/weaviate:1.34.0', 8080],
  } as const;

  interface Sent {
    url: string;
    headers: Headers;
    redirect?: string;
  }

  /** Probes a store of that engine; what went to the API server, and what went straight to an address. */
  async function probe(
    engine: keyof typeof IMAGES,
    options: { url?: string; answer?: (sent: Sent) => Response } = {},
  ) {
    const { answer = () => Response.json({}), url } = options;
    const [image, port] = IMAGES[engine];
    const text = JSON.stringify(chromaObjects())
      .replaceAll('ghcr.io/chroma-core/chroma:1.5.3', image)
      .replaceAll('8000', String(port));
    const [target] = deriveStoreTargets(stateOf(JSON.parse(text)));
    expect(target.store.store.engine).toBe(engine);
    const proxied: Sent[] = [];
    const direct: Sent[] = [];
    const reading = await probeStore({
      transport: {
        clusters: async () => [],
        request: async (_, path, init) => {
          const sent = { url: path, headers: new Headers(init?.headers) };
          proxied.push(sent);
          return answer(sent);
        },
      },
      fetch: async (input, init = {}) => {
        const { redirect } = init;
        const sent = {
          url: String(input),
          headers: new Headers(init.headers),
          redirect,
        };
        direct.push(sent);
        return answer(sent);
      },
      target,
      credential: {
        name: 'docs',
        ...DOCS,
        token: TOKEN,
        ...(url ? { url } : {}),
      },
      timeoutMs: 1_000,
      thresholds: DEFAULT_STORE_THRESHOLDS,
      clock: new FakeClock(),
      signal: new AbortController().signal,
    });
    return { reading: reading!, proxied, direct };
  }

  it('goes to Qdrant in a header that passes the API server', async () => {
    const { proxied, direct } = await probe('qdrant');
    expect(direct).toEqual([]);
    expect(proxied.length).toBeGreaterThan(3);
    for (const { url, headers } of proxied) {
      expect(url).toMatch(
        /^\/api\/v1\/namespaces\/team-a\/services\/docs:80\//,
      );
      expect(headers.get('api-key')).toBe(TOKEN);
      expect(headers.get('authorization')).toBeNull();
    }
  });

  it('goes to Milvus straight, and not to its health', async () => {
    const { proxied, direct } = await probe('milvus', { url: SERVICE });
    expect(direct.map(({ url }) => url)).toEqual([
      `${SERVICE}/v2/vectordb/collections/list`,
    ]);
    expect(direct[0].headers.get('authorization')).toBe(`Bearer ${TOKEN}`);
    expect(direct[0].redirect).toBe('manual');
    expect(proxied.map(({ url }) => url.split('/').at(-1))).toEqual([
      'healthz',
    ]);
    expect([...proxied[0].headers.values()].join()).not.toContain(TOKEN);
  });

  it('goes to Weaviate straight, for every question', async () => {
    const { proxied, direct } = await probe('weaviate', {
      url: 'https://docs.test',
    });
    expect(proxied).toEqual([]);
    expect(
      direct.every(
        ({ headers }) => headers.get('authorization') === `Bearer ${TOKEN}`,
      ),
    ).toBe(true);
  });

  it('stays here where an API server would swallow it, and says so', async () => {
    const { reading, proxied, direct } = await probe('weaviate');
    expect([proxied, direct]).toEqual([[], []]);
    expect(reading.checks).toEqual([
      expect.objectContaining({
        name: 'Reachable',
        outcome: 'Unknown',
        reason: 'Unauthorized',
        message: expect.stringContaining('"docs" needs the url'),
      }),
    ]);
  });

  it('is not shown on a page by a store that repeats it', async () => {
    const { reading } = await probe('milvus', {
      url: SERVICE,
      answer: ({ headers }) =>
        Response.json({
          code: 65535,
          message: `bad token ${headers.get('authorization')}`,
        }),
    });
    const text = JSON.stringify(reading);
    expect(text).toContain('bad token Bearer ***');
    expect(text).not.toContain(TOKEN);
  });

  it('is in no fault of an address that does not answer', async () => {
    const { reading } = await probe('weaviate', {
      url: 'https://docs.test',
      answer: () => {
        throw new TypeError('fetch failed', {
          cause: new Error(`ENOTFOUND docs.test ${TOKEN}`),
        });
      },
    });
    expect(reading.checks[0]).toMatchObject({
      outcome: 'Unknown',
      reason: 'Unreachable',
      message: expect.stringContaining('ENOTFOUND docs.test ***'),
    });
  });
});
