import { createBackendModule } from '@backstage/backend-plugin-api';
import {
  enginesResponseSchema,
  modelServersResponseSchema,
  vectorStoresResponseSchema,
} from '@promptside/backstage-plugin-genai-common';
import {
  genaiServingRuntimesExtensionPoint,
  genaiVectorStoresExtensionPoint,
  type AddedServingRuntime,
} from '@promptside/backstage-plugin-genai-node';
import * as published from './index';
import { METRICS_PATH } from './__testUtils__/readyServer';
import {
  emptyKubernetes,
  startGenaiBackend,
  type GenaiTestBackend,
} from './__testUtils__/startGenaiBackend';

/** A runtime of a house that wrote its own. */
const ACME: AddedServingRuntime = {
  title: 'Acme Serve',
  matches: ({ repository }) => /(^|\/)acme-serve$/.test(repository),
  read: ({ words }) => ({
    modelId: words[words.indexOf('--weights') + 1],
    port: 8000,
    basePath: '/api/v1',
    protocol: 'openai',
  }),
  metrics: {
    path: '/metrics',
    names: { runningRequests: ['acme_running'] },
  },
  engine: {
    name: 'acme/serve',
    tasks: ['text-generation'],
    quantizations: ['none'],
    images: { nvidia: 'registry.acme/acme-serve:4.2' },
    sizedAs: 'vllm',
    port: 8000,
    probes: { ready: '/ready', alive: '/alive' },
    run: ({ source }) => ({ args: ['--weights', source.model] }),
  },
};

const moduleWith = (...runtimes: AddedServingRuntime[]) =>
  createBackendModule({
    pluginId: 'genai',
    moduleId: 'acme',
    register(env) {
      env.registerInit({
        deps: {
          servingRuntimes: genaiServingRuntimesExtensionPoint,
          vectorStores: genaiVectorStoresExtensionPoint,
        },
        async init({ servingRuntimes, vectorStores }) {
          servingRuntimes.addServingRuntime(...runtimes);
          vectorStores.addVectorStore({
            engine: 'qdrant',
            port: 6333,
            matches: ({ repository }) => repository === 'registry.acme/vectors',
          });
        },
      });
    },
  });

function workload(name: string, image: string, args: string[] = []) {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: 'team-a',
      uid: `uid-${name}`,
      resourceVersion: '5',
    },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'main', image, args }] },
      },
    },
  };
}

const readyPod = {
  kind: 'Pod',
  metadata: {
    name: 'chat-0',
    namespace: 'team-a',
    uid: 'uid-chat-0',
    resourceVersion: '5',
    ownerReferences: [
      { kind: 'Deployment', name: 'chat', uid: 'uid-chat', controller: true },
    ],
  },
  spec: {
    nodeName: 'a',
    containers: [
      {
        name: 'main',
        image: 'registry.acme/acme-serve:4.2',
        args: ['--weights', 'acme/tiny-7b'],
      },
    ],
  },
  status: {
    phase: 'Running',
    conditions: [{ type: 'Ready', status: 'True' }],
    containerStatuses: [{ name: 'main', ready: true, restartCount: 0 }],
  },
};

describe('what a module adds', () => {
  let backend: GenaiTestBackend;

  beforeAll(async () => {
    const kubernetes = emptyKubernetes();
    kubernetes.objects.set('/apis/apps/v1/deployments', [
      workload('chat', 'registry.acme/acme-serve:4.2', [
        '--weights',
        'acme/tiny-7b',
      ]),
      workload('house-vectors', 'registry.acme/vectors:1'),
      workload('plain', 'vllm/vllm-openai:v0.32.0', ['--model=acme/tiny-7b']),
    ]);
    kubernetes.objects.set('/api/v1/pods', [readyPod]);
    kubernetes.handlers.set(METRICS_PATH, (_, response) => {
      response.type('text/plain').send('acme_running 3\n');
    });
    const throwing = {
      ...ACME,
      engine: undefined,
      title: 'Broken',
      matches: () => {
        throw new Error('never mind');
      },
    };
    backend = await startGenaiBackend({
      kubernetes,
      modules: [moduleWith(throwing, ACME)],
    });
    await backend.untilLive();
  });

  afterAll(() => backend.stop());

  it('is recognised under its own name, beside what is known', async () => {
    const { body } = await backend.get('/v1/model-servers');
    const { items } = modelServersResponseSchema.parse(body);
    expect(items).toMatchObject([
      {
        name: 'chat',
        runtime: 'unknown',
        runtimeTitle: 'Acme Serve',
        runtimeVersion: '4.2',
        model: { id: 'acme/tiny-7b' },
        state: 'Ready',
      },
      { name: 'plain', runtime: 'vllm' },
    ]);
    expect(items[1]).not.toHaveProperty('runtimeTitle');
  });

  it('shows metrics in its own words', async () => {
    const { body } = await backend.get('/v1/model-servers/one/team-a/chat');
    expect(body.metrics.values).toMatchObject({
      runningRequestCount: { value: 3, grade: 'measured' },
    });
  });

  it('is offered and planned as an engine', async () => {
    const { body } = await backend.get('/v1/engines');
    const { items } = enginesResponseSchema.parse(body);
    expect(items.at(-1)).toMatchObject({
      engine: 'acme/serve',
      title: 'Acme Serve',
      platforms: ['nvidia'],
    });
    const model = 'Qwen/Qwen3-8B';
    const asked = (engine: string) =>
      backend.post('/v1/inference-plans', { model, engine });
    const plan = await asked('acme/serve');
    expect(plan.body).toMatchObject({ engine: 'acme/serve' });
    const unknown = await asked('acme/other');
    expect(unknown.status).toBe(400);
    expect(unknown.body.error.message).toMatch(
      /there is no engine "acme\/other"; known are vllm, .*, acme\/serve$/,
    );
  });

  it('may be another look of a store that is known', async () => {
    const { body } = await backend.get('/v1/vector-stores');
    const { items } = vectorStoresResponseSchema.parse(body);
    expect(items).toMatchObject([{ name: 'house-vectors', engine: 'qdrant' }]);
  });
});

it('still offers its extension points to modules that import them from here', () => {
  expect(published.genaiServingRuntimesExtensionPoint).toBe(
    genaiServingRuntimesExtensionPoint,
  );
  expect(published.genaiVectorStoresExtensionPoint).toBe(
    genaiVectorStoresExtensionPoint,
  );
});

it('refuses to start with a runtime that was added twice', async () => {
  await expect(
    startGenaiBackend({ modules: [moduleWith(ACME, ACME)] }),
  ).rejects.toThrow(/"Acme Serve" was added twice/);
});
