import {
  createServiceFactory,
  type BackendFeature,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { clustersResponseSchema } from '@promptside/backstage-plugin-genai-common';
import { WATCHED_RESOURCES } from '@promptside/backstage-plugin-genai-node';
import request from 'supertest';
import { genaiPlugin } from '../plugin';
import { FakeKubernetesPlugin } from './FakeKubernetesPlugin';

/** The plugin in a test backend, in front of a fake of the Kubernetes plugin. */
export interface GenaiTestBackend {
  server: Awaited<ReturnType<typeof startTestBackend>>['server'];
  kubernetes: FakeKubernetesPlugin;
  /** Decision on every permission. */
  decision: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
  /** Permission that is granted whatever the decision on the others. */
  mayAlways?: string;
  /** Names of the permissions that were asked for. */
  readonly authorized: string[];
  /** Signals that were published. */
  readonly signals: Array<{ channel: string; message: unknown }>;
  /** Asks for a path of the plugin, e.g. `/v1/clusters`. */
  get(path: string): request.Test;
  post(path: string, body: object): request.Test;
  /** Resolves when every cluster is live and nothing is being listed; each question gives the plugin a turn. */
  untilLive(): Promise<void>;
  stop(): Promise<void>;
}

/** A fake with an empty list of every resource that each cluster has. */
export function emptyKubernetes(): FakeKubernetesPlugin {
  const builtIn = WATCHED_RESOURCES.filter(({ crd }) => crd === undefined);
  return new FakeKubernetesPlugin(builtIn.map(({ path }) => path));
}

/** Starts it; `genai` is the plugin's configuration. Nobody outside is asked for models unless it says so. */
export async function startGenaiBackend(options?: {
  kubernetes?: FakeKubernetesPlugin;
  genai?: object;
  /** Modules of the plugin. */
  modules?: BackendFeature[];
}): Promise<GenaiTestBackend> {
  const kubernetes = options?.kubernetes ?? emptyKubernetes();
  const authorized: string[] = [];
  const signals: GenaiTestBackend['signals'] = [];
  const answer: Pick<GenaiTestBackend, 'decision' | 'mayAlways'> = {
    decision: AuthorizeResult.ALLOW,
  };
  const permissions = mockServices.permissions.mock({
    authorize: async queries => {
      authorized.push(...queries.map(({ permission }) => permission.name));
      return queries.map(({ permission }) => ({
        result:
          permission.name === answer.mayAlways
            ? AuthorizeResult.ALLOW
            : answer.decision,
      }));
    },
  });
  const backend = await startTestBackend({
    features: [
      genaiPlugin,
      ...(options?.modules ?? []),
      kubernetes.plugin,
      mockServices.rootConfig.factory({
        data: {
          genai: { huggingFace: { enabled: false }, ...options?.genai },
        },
      }),
      permissions.factory,
      createServiceFactory({
        service: signalsServiceRef,
        deps: {},
        factory: () => ({
          publish: async ({ channel, message }) => {
            signals.push({ channel, message });
          },
        }),
      }),
    ],
  });
  const { server } = backend;
  const get = (path: string) => request(server).get(`/api/genai${path}`);
  return Object.assign(answer, {
    server,
    kubernetes,
    authorized,
    signals,
    get,
    post: (path: string, body: object) =>
      request(server).post(`/api/genai${path}`).send(body),
    async untilLive() {
      for (;;) {
        const { body } = await get('/v1/clusters');
        const { items } = clustersResponseSchema.parse(body);
        const settled = items.every(
          ({ state, resources = [] }) =>
            state === 'Live' &&
            resources.every(sync => sync.state !== 'Syncing'),
        );
        if (items.length > 0 && settled) return;
      }
    },
    stop: () => backend.stop(),
  });
}
