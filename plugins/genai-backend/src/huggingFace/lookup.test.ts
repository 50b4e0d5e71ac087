import { ConfigReader } from '@backstage/config';
import type { ModelLookup } from '@promptside/backstage-plugin-genai-common';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeClock, settle } from '../__testUtils__/FakeClock';
import { createModelLookup } from './createModelLookup';
import { readHuggingFaceConfig } from './huggingFaceConfig';

const SHA = '0123456789abcdef0123456789abcdef01234567';

/** The facts of Llama 3.1 8B, as its config.json has them. */
const CONFIG = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  hidden_size: 4096,
  intermediate_size: 14336,
  num_hidden_layers: 32,
  num_attention_heads: 32,
  num_key_value_heads: 8,
  max_position_embeddings: 131072,
  vocab_size: 128256,
  tie_word_embeddings: false,
  torch_dtype: 'bfloat16',
};

const SHARDS = {
  'model-00001-of-00002.safetensors': 9_000_000_000,
  'model-00002-of-00002.safetensors': 7_060_522_496,
};

const info = (id: string, change: object = {}) => ({
  id,
  sha: SHA,
  gated: false,
  pipeline_tag: 'text-generation',
  tags: ['license:llama3.1'],
  safetensors: { total: 8_030_261_248 },
  siblings: [
    { rfilename: 'config.json', size: 855 },
    { rfilename: 'model.safetensors.index.json', size: 23_950 },
    ...Object.entries(SHARDS).map(([rfilename, size]) => ({ rfilename, size })),
    // not what an engine loads
    { rfilename: 'original/consolidated.00.pth', size: 16_060_617_592 },
    { rfilename: 'consolidated.safetensors', size: 16_060_522_496 },
  ],
  ...change,
});

const index = {
  metadata: { total_size: 16_060_522_496 },
  weight_map: Object.fromEntries(
    Object.keys(SHARDS).map((file, number) => [`layer.${number}`, file]),
  ),
};

/** What the hub does with one path: JSON with 200, or a listener. */
type Behaviour = Record<string, object | RequestListener>;

describe('createModelLookup against a server that answers like the hub', () => {
  let server: Server;
  let behaviour: Behaviour;
  let asked: string[];
  let tokens: Array<string | undefined>;
  let clock: FakeClock;
  let stop: AbortController;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const path = request.url!;
      asked.push(path);
      tokens.push(request.headers.authorization);
      const reaction = behaviour[path] ?? fails(404);
      if (typeof reaction === 'function') reaction(request, response);
      else response.end(JSON.stringify(reaction));
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
  });

  afterAll(
    () =>
      new Promise(resolve => {
        server.closeAllConnections();
        server.close(resolve);
      }),
  );

  beforeEach(() => {
    asked = [];
    tokens = [];
    clock = new FakeClock();
    stop = new AbortController();
  });

  afterEach(async () => {
    stop.abort();
    await settle();
    clock.assertIdle();
  });

  const fails =
    (status: number, headers: Record<string, string> = {}): RequestListener =>
    (_, response) =>
      response.writeHead(status, headers).end('{"error":"no"}');

  const baseUrl = () =>
    `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const lookupOf = (huggingFace: object = {}) =>
    createModelLookup({
      config: readHuggingFaceConfig(
        new ConfigReader({
          genai: { huggingFace: { baseUrl: baseUrl(), ...huggingFace } },
        }),
      ),
      fetch,
      clock,
      signal: stop.signal,
    });

  const files = (id: string) => `/${id}/resolve/${SHA}`;

  const repository = (
    id: string,
    change: { info?: object; config?: object | RequestListener } = {},
  ): Behaviour => ({
    [`/api/models/${id}?blobs=true`]: info(id, change.info),
    [`${files(id)}/config.json`]: change.config ?? CONFIG,
    [`${files(id)}/model.safetensors.index.json`]: index,
  });

  it('makes a model of the catalog from the configuration and the index of the weights', async () => {
    behaviour = repository('acme/chat-8b');
    const answer = await lookupOf()('acme/chat-8b');
    expect(answer).toEqual({
      id: 'acme/chat-8b',
      state: 'Found',
      revision: SHA,
      gated: false,
      license: 'llama3.1',
      checkedAt: new Date(clock.now()).toISOString(),
      model: expect.objectContaining({
        id: 'acme/chat-8b',
        title: 'chat 8b',
        provider: 'acme',
        task: 'text-generation',
        revision: SHA,
        architecture: 'LlamaForCausalLM',
        parameterCount: 8_030_261_248,
        layers: 32,
        kvHeads: 8,
        headDim: 128,
        attention: { type: 'full' },
        contextLength: 131_072,
        variants: [{ quantization: 'none', weightsBytes: 16_060_522_496 }],
        source: `${baseUrl()}/acme/chat-8b/blob/${SHA}/config.json`,
      }),
    });
  });

  it('reads the window of sliding layers', async () => {
    behaviour = repository('acme/sliding', {
      config: { ...CONFIG, model_type: 'gemma2', head_dim: 256 },
    });
    const { model } = await lookupOf()('acme/sliding');
    expect(model?.attention).toMatchObject({
      type: 'sliding',
      slidingLayers: 16,
      window: 4096,
    });
  });

  it('follows a model that has been renamed', async () => {
    behaviour = {
      ...repository('acme/new'),
      '/api/models/acme/old?blobs=true': fails(307, {
        location: '/api/models/acme/new?blobs=true',
      }),
    };
    expect((await lookupOf()('acme/old')).id).toBe('acme/new');
  });

  it('does not follow the hub to another host, and does not send it round in circles', async () => {
    behaviour = {
      '/api/models/acme/away?blobs=true': fails(302, {
        location: 'http://169.254.169.254/latest/meta-data',
      }),
      '/api/models/acme/circle?blobs=true': fails(302, {
        location: '/api/models/acme/circle?blobs=true',
      }),
    };
    const lookup = lookupOf();
    await expect(lookup('acme/away')).rejects.toThrow(
      'it sends to a host that is not its own',
    );
    await expect(lookup('acme/circle')).rejects.toThrow('in a circle');
    expect(asked).toHaveLength(7);
  });

  it.each([401, 403])(
    'tells of a gated model that answers %d what to do',
    async status => {
      behaviour = repository('acme/gated', {
        info: { gated: 'manual' },
        config: fails(status),
      });
      const answer = await lookupOf()('acme/gated');
      expect(answer).toMatchObject({
        state: 'Gated',
        gated: true,
        revision: SHA,
        license: 'llama3.1',
        licenseUrl: `${baseUrl()}/acme/gated`,
        licenseStep: expect.stringContaining('accept the licence'),
      });
      expect(answer.model).toBeUndefined();
    },
  );

  it('reads a gated model with the token, which goes to the hub alone', async () => {
    behaviour = repository('acme/gated', { info: { gated: 'auto' } });
    const answer = await lookupOf({ token: 'hf_word' })('acme/gated');
    expect(answer).toMatchObject({ state: 'Found', model: { gated: true } });
    expect(new Set(tokens)).toEqual(new Set(['Bearer hf_word']));
    expect(JSON.stringify(answer)).not.toContain('hf_word');
  });

  it.each([401, 404])(
    'says that there is no such model when the hub answers %d',
    async status => {
      behaviour = { '/api/models/acme/none?blobs=true': fails(status) };
      await expect(lookupOf()('acme/none')).rejects.toMatchObject({
        name: 'NotFoundError',
        message: expect.stringContaining('"acme/none"'),
      });
    },
  );

  it('leaves a hub alone that wants fewer requests', async () => {
    behaviour = {
      ...repository('acme/other'),
      '/api/models/acme/busy?blobs=true': fails(429, { 'retry-after': '30' }),
    };
    const lookup = lookupOf();
    await expect(lookup('acme/busy')).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
      message: expect.stringContaining('in 30 seconds'),
    });
    await clock.advance(20_000);
    await expect(lookup('acme/other')).rejects.toThrow('in 10 seconds');
    expect(asked).toHaveLength(1);
    await clock.advance(10_000);
    expect((await lookup('acme/other')).state).toBe('Found');
  });

  it('gives up on a hub that never answers', async () => {
    const arrived = new Promise<void>(resolve => {
      behaviour = { '/api/models/acme/slow?blobs=true': () => resolve() };
    });
    const answer = lookupOf()('acme/slow');
    const failure = answer.catch(error => error);
    await arrived;
    await clock.advance(15_000);
    expect(await failure).toMatchObject({
      name: 'ServiceUnavailableError',
      message: 'The Hugging Face hub gave no answer within 15 seconds',
    });
  });

  it('stops reading an answer that is too large', async () => {
    let closed: Promise<unknown> | undefined;
    behaviour = {
      '/api/models/acme/huge?blobs=true': (_, response) => {
        closed = new Promise(resolve => {
          response.on('close', resolve);
        });
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(65_536)));
          response.once('drain', more);
        };
        more();
      },
    };
    await expect(lookupOf()('acme/huge')).rejects.toThrow(
      'its answer is larger than 5000000 bytes',
    );
    await closed;
  });

  it('says so when the hub cannot be reached', async () => {
    const lookup = lookupOf({ baseUrl: 'http://127.0.0.1:1' });
    await expect(lookup('acme/any')).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
  });

  it.each<[string, Behaviour, string]>([
    [
      'no config.json',
      repository('acme/odd', { config: fails(404) }),
      'no config.json',
    ],
    [
      'a config.json without layers',
      repository('acme/odd', { config: { model_type: 'llama9' } }),
      'does not tell what a plan needs',
    ],
    [
      'no safetensors',
      repository('acme/odd', { info: { siblings: [] } }),
      'no safetensors',
    ],
  ])('says why a repository with %s is no model', async (_, hub, reason) => {
    behaviour = hub;
    const answer = await lookupOf()('acme/odd');
    expect(answer).toMatchObject({ state: 'Unsupported', revision: SHA });
    expect(answer.reason).toContain(reason);
  });

  it('refuses an answer that describes no model', async () => {
    behaviour = {
      '/api/models/acme/odd?blobs=true': (_, response) =>
        response.end('<html>Please log in to the guest network</html>'),
    };
    await expect(lookupOf()('acme/odd')).rejects.toThrow(
      'does not describe a model',
    );
  });

  it('asks once for the same model, and again when the answer is old', async () => {
    behaviour = repository('acme/chat-8b');
    const lookup = lookupOf();
    const answers = await Promise.all([
      lookup('acme/chat-8b'),
      lookup('Acme/Chat-8B'),
    ]);
    expect(answers[1]).toBe(answers[0]);
    await lookup('acme/chat-8b');
    expect(asked).toHaveLength(3);
    await clock.advance(15 * 60_000);
    await lookup('acme/chat-8b');
    expect(asked).toHaveLength(6);
  });

  it('does not keep a failure', async () => {
    behaviour = { '/api/models/acme/chat-8b?blobs=true': fails(500) };
    const lookup = lookupOf();
    await expect(lookup('acme/chat-8b')).rejects.toThrow('it answers 500');
    behaviour = repository('acme/chat-8b');
    expect((await lookup('acme/chat-8b')).state).toBe('Found');
  });

  it('keeps 200 answers, those that were asked for last', async () => {
    const ids = Array.from({ length: 201 }, (_, number) => `acme/m${number}`);
    behaviour = Object.assign(
      {},
      ...ids.map(id => ({
        [`/api/models/${id}?blobs=true`]: info(id),
      })),
    );
    const lookup = lookupOf();
    const all: ModelLookup[] = await Promise.all(ids.map(id => lookup(id)));
    expect(all.every(({ state }) => state === 'Unsupported')).toBe(true);
    asked = [];
    await lookup(ids[200]);
    expect(asked).toEqual([]);
    await lookup(ids[0]);
    expect(asked).toHaveLength(2);
  });

  it('asks nobody when lookups are switched off', async () => {
    await expect(lookupOf({ enabled: false })('acme/any')).rejects.toThrow(
      'genai.huggingFace.enabled',
    );
    expect(asked).toEqual([]);
  });
});

describe('readHuggingFaceConfig', () => {
  it('asks the public hub by default', () => {
    expect(readHuggingFaceConfig(new ConfigReader({}))).toEqual({
      enabled: true,
      baseUrl: 'https://huggingface.co',
      requestTimeoutMs: 15_000,
      cacheMs: 900_000,
    });
  });

  it.each<[object, string]>([
    [{ baseUrl: 'hub' }, 'genai.huggingFace.baseUrl'],
    [{ baseUrl: 'ftp://hub' }, 'genai.huggingFace.baseUrl'],
    [{ baseUrl: 'https://me:word@hub' }, 'genai.huggingFace.baseUrl'],
    [{ enabled: 'perhaps' }, 'genai.huggingFace.enabled'],
    [{ requestTimeout: '1ms' }, 'genai.huggingFace.requestTimeout'],
  ])('refuses %j and names the key', (huggingFace, key) => {
    const config = new ConfigReader({ genai: { huggingFace } });
    expect(() => readHuggingFaceConfig(config)).toThrow(key);
  });
});
