import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import giteaModule from '@backstage/plugin-scaffolder-backend-module-gitea';
import githubModule from '@backstage/plugin-scaffolder-backend-module-github';
import gitlabModule from '@backstage/plugin-scaffolder-backend-module-gitlab';
import genaiPlugin from '@promptside/backstage-plugin-genai-backend';
import scaffolderModuleGenai from '@promptside/backstage-plugin-scaffolder-backend-module-genai';
import { startDemoCluster, type DemoCluster } from '@promptside/demo-cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import request from 'supertest';
import { kubernetesProxy } from './kubernetesProxy';

const GITEA = 'localhost:7008';

/** A dry run as the template editor asks for it. */
export interface DryRunRequest {
  template: unknown;
  values: object;
  directoryContents: { path: string; base64Content: string }[];
}

/** What a dry run gives. */
export interface DryRunAnswer {
  log: { body: { message: string; stepId?: string } }[];
  steps: { id: string; action: string }[];
  output: object;
  directoryContents: { path: string; base64Content: string }[];
}

/** A backend with the real scaffolder, its publish actions and ours, in front of a demo cluster. */
export interface TemplateBackend {
  cluster: DemoCluster;
  /** The token that the portal shows to the cluster; a test may let it expire. */
  access: { token: string };
  /** Names of the actions that templates may use. */
  actions(): Promise<string[]>;
  dryRun(body: DryRunRequest): request.Test;
  stop(): Promise<void>;
}

/**
 * Starts it, and waits until the live state covers the demo cluster, so that each plan counts the same free GPUs.
 *
 * @param options - `genai` is laid over the configuration under that key; nobody outside is asked for models
 */
export async function startTemplateBackend(
  options: { genai?: object } = {},
): Promise<TemplateBackend> {
  const cluster = await startDemoCluster();
  const access = { token: cluster.tokens.portal };
  const backend = await startTestBackend({
    features: [
      scaffolderPlugin,
      githubModule,
      gitlabModule,
      giteaModule,
      scaffolderModuleGenai,
      genaiPlugin,
      kubernetesProxy(cluster, access),
      catalogServiceMock.factory({
        entities: [
          {
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: { name: 'taken', namespace: 'default' },
          },
        ],
      }),
      mockServices.userInfo.mock({
        getUserInfo: async () => ({
          userEntityRef: mockCredentials.user().principal.userEntityRef,
          ownershipEntityRefs: [
            'group:default/team-search',
            'group:default/team-chat',
          ],
        }),
      }).factory,
      mockServices.rootConfig.factory({
        data: {
          genai: { huggingFace: { enabled: false }, ...options.genai },
          integrations: {
            gitea: [
              {
                host: GITEA,
                baseUrl: `http://${GITEA}`,
                username: 'demo',
                password: 'demo',
              },
            ],
          },
        },
      }),
    ],
  });
  const { server } = backend;
  const user = mockCredentials.user.header();
  for (;;) {
    const { body } = await request(server)
      .get('/api/genai/v1/clusters')
      .set('Authorization', user);
    const demo = body.items?.find(
      ({ name }: { name: string }) => name === 'demo',
    );
    if (demo?.state === 'Live') break;
    await sleep(50);
  }
  return {
    cluster,
    access,
    async actions() {
      const { body } = await request(server)
        .get('/api/scaffolder/v2/actions')
        .set('Authorization', user);
      return body.map(({ id }: { id: string }) => id);
    },
    dryRun: body =>
      request(server)
        .post('/api/scaffolder/v2/dry-run')
        .set('Authorization', user)
        .send(body),
    async stop() {
      await backend.stop();
      await cluster.stop();
    },
  };
}
