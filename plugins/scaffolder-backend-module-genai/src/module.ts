import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { ScmIntegrations } from '@backstage/integration';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { scaffolderTemplatingExtensionPoint } from '@backstage/plugin-scaffolder-node/alpha';
import { createInferencePlanAction } from './actions/inferencePlan';
import { createInferenceRenderAction } from './actions/inferenceRender';
import { createManifestsApplyAction } from './actions/manifestsApply';
import { createManifestsDeleteAction } from './actions/manifestsDelete';
import { createManifestsValidateAction } from './actions/manifestsValidate';
import { createModelResolveAction } from './actions/modelResolve';
import { createRagPlanAction } from './actions/ragPlan';
import { createRagRenderAction } from './actions/ragRender';
import { createVectorStoreRenderAction } from './actions/vectorStoreRender';
import {
  createEngineRegistry,
  genaiRenderedRuntimesExtensionPoint,
  type AddedServingRuntime,
} from '@promptside/backstage-plugin-genai-node';
import { readScaffolderGenaiConfig } from './config';
import { createRepositoryGitUrlFilter } from './filters/repositoryGitUrl';
import { createRepositoryTypeFilter } from './filters/repositoryType';
import { createGenaiAccess } from './services/GenaiAccess';

/**
 * Adds the actions `genai:*` and the filters `repositoryType` and `repositoryGitUrl` to the scaffolder.
 *
 * @public
 */
export const scaffolderModuleGenai = createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'genai',
  register(env) {
    const servingRuntimes: AddedServingRuntime[] = [];
    env.registerExtensionPoint(genaiRenderedRuntimesExtensionPoint, {
      addServingRuntime: (...runtimes) =>
        void servingRuntimes.push(...runtimes),
    });
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        templating: scaffolderTemplatingExtensionPoint,
        catalog: catalogServiceRef,
        auth: coreServices.auth,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
        permissions: coreServices.permissions,
        userInfo: coreServices.userInfo,
      },
      async init({ actions, templating, catalog, config, ...services }) {
        const { images, namespaceOwnership } =
          readScaffolderGenaiConfig(config);
        const engines = createEngineRegistry(servingRuntimes);
        const access = createGenaiAccess({ ...services, namespaceOwnership });
        actions.addActions(
          createModelResolveAction(access),
          createInferencePlanAction(access),
          createInferenceRenderAction({ access, catalog, images, engines }),
          createRagPlanAction(access),
          createRagRenderAction({ access, catalog, images }),
          createVectorStoreRenderAction({ catalog }),
          createManifestsValidateAction(access),
          createManifestsApplyAction(access),
          createManifestsDeleteAction(access),
        );
        const integrations = ScmIntegrations.fromConfig(config);
        templating.addTemplateFilters([
          createRepositoryTypeFilter(integrations),
          createRepositoryGitUrlFilter(integrations),
        ]);
      },
    });
  },
});
