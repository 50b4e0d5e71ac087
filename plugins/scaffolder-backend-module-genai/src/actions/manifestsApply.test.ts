import {
  createMockDirectory,
  registerMswTestHooks,
} from '@backstage/backend-test-utils';
import { http } from 'msw';
import { setupServer } from 'msw/node';
import { answerWell, refusal, ROUTES } from '../__testUtils__/fakeGenai';
import { ourObject } from '../__testUtils__/memoryCluster';
import { exampleInputs, runAction } from '../__testUtils__/runAction';
import {
  SEARCH_OBJECTS,
  SEARCH_WORKSPACE,
} from '../__testUtils__/searchObjects';
import { testAccess } from '../__testUtils__/testAccess';
import { createManifestsApplyAction } from './manifestsApply';
import { examples } from './manifestsApply.examples';

const server = setupServer();
registerMswTestHooks(server);
const workspace = createMockDirectory();
const FOLLOWED = { namespace: 'team-search', name: 'chat-llm' };

function bench(options: Parameters<typeof testAccess>[0] = {}) {
  const { access, cluster } = testAccess(options);
  const action = createManifestsApplyAction(access, { sleep: async () => {} });
  return {
    apply: (
      input: object,
      how: { isDryRun?: boolean; signal?: AbortSignal } = {},
    ) =>
      runAction(
        action,
        { cluster: 'demo', manifests: SEARCH_OBJECTS, ...input },
        { workspacePath: workspace.path, ...how },
      ),
    kinds: () =>
      cluster
        .objects()
        .map(({ kind }) => kind)
        .filter(kind => kind !== 'Namespace'),
    cluster,
  };
}

const ALL = ['PersistentVolumeClaim', 'Service', 'Deployment'];

/** True for the request that really creates the Deployment. */
const isLast = (method: string, url: URL) =>
  method === 'PATCH' &&
  url.pathname.includes('deployments') &&
  !url.searchParams.has('dryRun');

beforeEach(() => {
  workspace.setContent(SEARCH_WORKSPACE);
  answerWell(server);
});

describe('genai:manifests:apply', () => {
  it.each(
    exampleInputs(examples, {
      'steps.render.output.toApply': SEARCH_OBJECTS,
      'steps.render.output.modelServer': FOLLOWED,
    }),
  )('runs its example: %s', async (_, input) => {
    const { apply, kinds } = bench();
    const { outputs } = await apply({ manifests: undefined, ...input });
    expect(kinds()).toEqual(ALL);
    expect(outputs.state).toBe(input.follow ? 'Ready' : undefined);
  });

  it('changes nothing the second time', async () => {
    const { apply, cluster } = bench();
    await apply({});
    const before = JSON.stringify(cluster.objects());
    const { outputs } = await apply({});
    expect(outputs.changes).toEqual(
      ALL.map(kind => expect.objectContaining({ kind, change: 'Unchanged' })),
    );
    expect(JSON.stringify(cluster.objects())).toBe(before);
  });

  it('applies nothing in a dry run, and follows nothing', async () => {
    const { apply, kinds } = bench();
    const { outputs } = await apply({ follow: FOLLOWED }, { isDryRun: true });
    expect(kinds()).toEqual([]);
    expect(outputs.changes).toHaveLength(3);
    expect(outputs.state).toBeUndefined();
  });

  it.each<[string, object, Parameters<typeof bench>[0], string, RegExp]>([
    [
      'a person without the permission',
      {},
      { allowed: false },
      'NotAllowedError',
      /permission "genai\.manifests\.apply" is missing/,
    ],
    [
      'an unknown cluster',
      { cluster: 'mars' },
      {},
      'NotFoundError',
      /^cluster: "mars".*known are "demo"/,
    ],
    [
      'a namespace that is not there',
      { manifests: [ourObject('v1', 'Service', 'x')] },
      {},
      'NotFoundError',
      /^namespace: "team-a" does not exist/,
    ],
    [
      'a namespace of another team',
      {
        manifests: [
          ourObject('v1', 'Service', 'x', { namespace: 'team-chat' }),
        ],
      },
      {},
      'NotAllowedError',
      /^namespace: "team-chat" belongs to group:default\/team-chat/,
    ],
    [
      'a cluster that does not answer',
      {},
      {
        transport: {
          request: async () => {
            throw new TypeError('fetch failed');
          },
        },
      },
      'ServiceUnavailableError',
      /^cluster: "demo" cannot be reached/,
    ],
    [
      'a list of clusters that cannot be read',
      {},
      {
        transport: {
          clusters: async () => {
            throw new TypeError('fetch failed');
          },
        },
      },
      'ServiceUnavailableError',
      /^cluster: .*kubernetes backend cannot be reached/,
    ],
    [
      'an expired token of the portal',
      {},
      {
        intercept: () =>
          Response.json({ message: 'Unauthorized' }, { status: 401 }),
      },
      'AuthenticationError',
      /^cluster: "demo".*renew the token/,
    ],
    [
      'neither manifests nor path',
      { manifests: undefined },
      {},
      'InputError',
      /^Give either/,
    ],
    [
      'manifests and path',
      { path: 'manifests' },
      {},
      'InputError',
      /^Give either/,
    ],
    ['an empty list', { manifests: [] }, {}, 'InputError', /^manifests has no/],
    [
      'a Secret',
      { manifests: [ourObject('v1', 'Secret', 'x')] },
      {},
      'InputError',
      /^manifests\[0\]: a Secret may not/,
    ],
    [
      'a path that leaves the workspace',
      { manifests: undefined, path: '../elsewhere' },
      {},
      'NotAllowedError',
      /outside/,
    ],
  ])(
    'refuses %s and applies nothing',
    async (_, input, options, name, message) => {
      const { apply, kinds } = bench(options);
      await expect(apply(input)).rejects.toMatchObject({
        name,
        message: expect.stringMatching(message),
      });
      expect(kinds()).toEqual([]);
    },
  );

  it.each([
    [403, /exceeded quota: gpus/],
    [409, /conflict with "helm"/],
    [422, /spec\.replicas: must be at least 0/],
    [500, /etcd is full/],
  ])(
    'takes everything back when the last object gets a %i',
    async (code, message) => {
      const { apply, kinds } = bench({
        intercept: (method, url) =>
          isLast(method, url)
            ? Response.json(
                {
                  message:
                    code === 403
                      ? 'exceeded quota: gpus'
                      : code === 409
                        ? 'conflict with "helm"'
                        : 'etcd is full',
                  details: {
                    causes:
                      code === 422
                        ? [
                            {
                              field: 'spec.replicas',
                              message: 'must be at least 0',
                            },
                          ]
                        : [],
                  },
                },
                { status: code },
              )
            : undefined,
      });
      await expect(apply({})).rejects.toThrow(message);
      expect(kinds()).toEqual([]);
    },
  );

  it('takes everything back when the task is cancelled half-way', async () => {
    const cancel = new AbortController();
    const { apply, kinds } = bench({
      intercept: (method, url) => {
        if (isLast(method, url)) {
          cancel.abort();
          throw cancel.signal.reason;
        }
        return undefined;
      },
    });
    await expect(apply({}, { signal: cancel.signal })).rejects.toThrow(/abort/);
    expect(kinds()).toEqual([]);
  });

  it('takes back an object that was created although its answer was lost', async () => {
    const lost = bench({
      intercept: (method, url, body) => {
        if (!isLast(method, url)) return undefined;
        lost.cluster.put(body!);
        throw new TypeError('socket hang up');
      },
    });
    await expect(lost.apply({})).rejects.toThrow(/socket hang up/);
    expect(lost.kinds()).toEqual([]);
  });

  it('leaves what somebody else created in the meantime', async () => {
    const foreign = {
      ...SEARCH_OBJECTS[0],
      metadata: { ...SEARCH_OBJECTS[0].metadata, labels: {} },
    };
    const { apply, cluster, kinds } = bench({
      intercept: (method, url) => {
        if (!isLast(method, url)) return undefined;
        cluster.put(foreign);
        return Response.json({ message: 'conflict' }, { status: 409 });
      },
    });
    await expect(apply({})).rejects.toThrow(/conflict/);
    expect(kinds()).toEqual(['Deployment']);
  });

  it.each([
    [401, 'AuthenticationError'],
    [403, 'NotAllowedError'],
  ])(
    'stops following at a %i of genai-backend, says so once and keeps the objects',
    async (status, name) => {
      server.use(
        http.get(ROUTES.modelServer, () => refusal(status, name, 'not you')),
      );
      const { apply, kinds } = bench();
      const { outputs, lines } = await apply({ follow: FOLLOWED });
      expect(kinds()).toEqual(ALL);
      expect(outputs.state).toBe('Unknown');
      expect(outputs.message).toMatch(/chat-llm is applied.*not you/);
      expect(lines.filter(line => line.includes('not you'))).toHaveLength(1);
    },
  );
});
