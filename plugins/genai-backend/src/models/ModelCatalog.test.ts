import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { NotModifiedError } from '@backstage/errors';
import {
  modelsResponseSchema,
  type ModelSource,
} from '@promptside/backstage-plugin-genai-common';
import {
  CURATED_MODELS,
  findModel,
} from '@promptside/backstage-plugin-genai-node';
import { ConfigReader } from '@backstage/config';
import { Readable } from 'node:stream';
import { FakeClock, settle } from '../__testUtils__/FakeClock';
import { createModelCatalog } from './ModelCatalog';
import { readModelsConfig } from './modelsConfig';

const MINUTE = 60_000;

/** A file of models, as JSON, which is YAML too. */
function fileOf(...changes: object[]): string {
  const [model] = CURATED_MODELS;
  const models = changes.map(change => ({ ...model, ...change }));
  return JSON.stringify({ models }, null, 2);
}

describe('createModelCatalog', () => {
  const folder = createMockDirectory();
  const readUrl = jest.fn();
  const logger = mockServices.logger.mock();
  let stop: AbortController;
  let clock: FakeClock;

  beforeEach(() => {
    folder.clear();
    readUrl.mockReset();
    logger.warn.mockClear();
    stop = new AbortController();
    clock = new FakeClock();
  });

  afterEach(async () => {
    stop.abort();
    await settle();
    clock.assertIdle();
  });

  const catalogOf = (sources: Record<string, object>) =>
    createModelCatalog({
      config: readModelsConfig(
        new ConfigReader({ genai: { models: { sources } } }),
      ),
      urlReader: { ...mockServices.urlReader.mock(), readUrl },
      logger,
      clock,
      signal: stop.signal,
    });

  /** Files are read by the thread pool, so turns of the event loop do not tell when that is done. */
  const until = async (
    catalog: ReturnType<typeof catalogOf>,
    done: (source: ModelSource) => boolean,
  ) => {
    while (!catalog.answer().sources!.every(done)) await settle();
  };

  const answers = (text: string, etag?: string) => ({
    buffer: async () => Buffer.from(text),
    stream: () => Readable.from([Buffer.from(text)]),
    etag,
  });

  it('has the curated models without any source', () => {
    const catalog = catalogOf({});
    catalog.start();
    expect(catalog.models()).toEqual(CURATED_MODELS);
    expect(catalog.answer().sources).toEqual([]);
  });

  it('adds models of a file and lets them replace curated ones by id', async () => {
    const [{ id }] = CURATED_MODELS;
    folder.setContent({
      'ours.yaml': fileOf({ title: 'Our edition' }, { id: 'acme/own' }),
    });
    const catalog = catalogOf({ ours: { file: folder.resolve('ours.yaml') } });
    const before = catalog.etag();
    expect(catalog.answer().sources).toMatchObject([{ state: 'Loading' }]);
    catalog.start();
    await until(catalog, ({ state }) => state === 'Loaded');
    expect(findModel(catalog.models(), id)?.title).toBe('Our edition');
    expect(findModel(catalog.models(), 'acme/own')).toBeDefined();
    expect(catalog.models()).toHaveLength(CURATED_MODELS.length + 1);
    expect(catalog.etag()).not.toBe(before);
    expect(modelsResponseSchema.parse(catalog.answer())).toEqual(
      catalog.answer(),
    );
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('names file, line and field of a bad entry, keeps the others and says so once', async () => {
    const file = folder.resolve('ours.yaml');
    folder.setContent({
      'ours.yaml': fileOf(
        { id: 'acme/one' },
        { id: 'acme/two', layers: 'many' },
        { id: 'acme/three' },
      ),
    });
    const catalog = catalogOf({ ours: { file } });
    catalog.start();
    await until(catalog, ({ state }) => state === 'Loaded');
    const [source] = catalog.answer().sources!;
    expect(source).toMatchObject({
      name: 'ours',
      modelCount: 2,
      faultCount: 1,
      faults: [{ file, line: expect.any(Number), field: 'models.1.layers' }],
    });
    expect(findModel(catalog.models(), 'acme/three')).toBeDefined();
    const { checkedAt } = source;
    await clock.advance(10 * MINUTE);
    await until(catalog, later => later.checkedAt !== checkedAt);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn.mock.calls[0][0]).toContain(
      `${file}:${source.faults[0].line}:models.1.layers`,
    );
  });

  it('tells of a file that is not there and reads it when it is', async () => {
    const file = folder.resolve('late.yaml');
    const catalog = catalogOf({ late: { file } });
    catalog.start();
    await until(catalog, ({ state }) => state === 'Failed');
    expect(catalog.answer().sources![0].faults).toEqual([
      { file, message: expect.stringContaining('ENOENT') },
    ]);
    expect(catalog.models()).toEqual(CURATED_MODELS);
    folder.setContent({ 'late.yaml': fileOf({ id: 'acme/late' }) });
    await clock.advance(10 * MINUTE);
    await until(catalog, ({ state }) => state === 'Loaded');
    expect(catalog.answer().sources![0].faults).toEqual([]);
    expect(findModel(catalog.models(), 'acme/late')).toBeDefined();
  });

  it('reads a file that is too large only as far as the limit', async () => {
    folder.setContent({ 'huge.yaml': '#'.repeat(2_000_001) });
    const catalog = catalogOf({ huge: { file: folder.resolve('huge.yaml') } });
    catalog.start();
    await until(catalog, ({ state }) => state === 'Failed');
    expect(catalog.answer().sources![0].faults[0].message).toContain(
      'larger than 2000000 bytes',
    );
  });

  describe('with an address', () => {
    const url = 'https://reader:word@models.example/all.yaml?token=swordfish';
    const file = 'https://models.example/all.yaml';

    it('reads on schedule, keeps the last good models beside the error, and asks by entity tag', async () => {
      readUrl.mockResolvedValueOnce(
        answers(fileOf({ id: 'acme/a' }, { id: 'acme/b', layers: 0 }), 'v1'),
      );
      const catalog = catalogOf({ shared: { url } });
      catalog.start();
      await settle();
      const loaded = catalog.answer().sources![0];
      expect(loaded).toMatchObject({ file, state: 'Loaded', faultCount: 1 });

      readUrl.mockRejectedValueOnce(new Error(`${url} answered 500\nat x`));
      await clock.advance(10 * MINUTE);
      expect(catalog.answer().sources![0]).toMatchObject({
        state: 'Stale',
        loadedAt: loaded.loadedAt,
        modelCount: 1,
        faults: [{ file, message: `cannot be read: ${file} answered 500` }],
      });
      expect(findModel(catalog.models(), 'acme/a')).toBeDefined();

      readUrl.mockRejectedValueOnce(new NotModifiedError());
      await clock.advance(10 * MINUTE);
      expect(catalog.answer().sources![0]).toMatchObject({
        state: 'Loaded',
        loadedAt: loaded.loadedAt,
        faults: loaded.faults,
      });
      expect(readUrl.mock.calls.map(([, { etag }]) => etag)).toEqual([
        undefined,
        'v1',
        'v1',
      ]);
      expect(JSON.stringify(catalog.answer().sources)).not.toMatch(
        /reader:|swordfish/,
      );
      expect(JSON.stringify(logger.warn.mock.calls)).not.toMatch(
        /reader:|swordfish/,
      );
    });

    it('gives up on a reader that never answers, and does not hold up the others', async () => {
      readUrl.mockImplementation(address =>
        address === url
          ? new Promise(() => {})
          : Promise.resolve(answers(fileOf({ id: 'acme/quick' }))),
      );
      const catalog = catalogOf({
        slow: { url },
        quick: { url: 'https://models.example/quick.yaml' },
      });
      catalog.start();
      await settle();
      expect(findModel(catalog.models(), 'acme/quick')).toBeDefined();
      expect(catalog.answer().sources![0].state).toBe('Loading');
      await clock.advance(30_000);
      expect(catalog.answer().sources![0]).toMatchObject({
        state: 'Failed',
        faults: [
          { message: 'cannot be read: gave no answer within 30 seconds' },
        ],
      });
    });

    it('stops reading an answer without end', async () => {
      const endless = Readable.from(
        (function* chunks() {
          for (;;) yield Buffer.alloc(64_000, '#');
        })(),
      );
      readUrl.mockResolvedValueOnce({ ...answers(''), stream: () => endless });
      const catalog = catalogOf({ shared: { url } });
      catalog.start();
      await until(catalog, ({ state }) => state === 'Failed');
      expect(endless.destroyed).toBe(true);
    });
  });
});

describe('readModelsConfig', () => {
  it.each<[object, string]>([
    [{ sources: { a: {} } }, 'genai.models.sources.a must have either'],
    [{ sources: { a: { file: 'x', url: 'https://y' } } }, 'sources.a must'],
    [{ sources: { a: { url: 'y' } } }, 'genai.models.sources.a.url'],
    [{ sources: { a: { url: 'file:///etc/passwd' } } }, 'sources.a.url'],
    [{ sources: { a: { file: 7 } } }, 'sources.a.file'],
    [{ refreshInterval: '1s' }, 'genai.models.refreshInterval'],
    [{ requestTimeout: '10m' }, 'genai.models.requestTimeout'],
  ])('refuses %j and names the key', (models, key) => {
    const config = new ConfigReader({ genai: { models } });
    expect(() => readModelsConfig(config)).toThrow(key);
  });
});
