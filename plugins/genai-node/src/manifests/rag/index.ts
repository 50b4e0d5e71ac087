export {
  buildRagEntities,
  ragEndpointOf,
  renderRagEntities,
  type RagEntitiesOptions,
} from './buildRagEntities';
export { buildRagObjects } from './buildRagObjects';
export { buildRagDelivery } from './delivery';
export { embeddingEndpointOf, embeddingServerSpec } from './embeddingServer';
export {
  llmEndpointOf,
  llmModelOf,
  llmServerSpec,
  type RagRenderOptions,
} from './llmServer';
export { hostsStore, planRag, type RagPlanFacts } from './planRag';
export { ragApiDefinition } from './ragApiDefinition';
export { DEFAULT_HISTORY_INSTANCES, defaultStoreReplicas } from './ragDefaults';
export { ragLimits, type RagNumbers } from './ragLimits';
export { checkedRagSpec, parseRagSpec, stringifyRagSpec } from './ragSpecText';
export { renderRag } from './renderRag';
export { embeddingPlanRequest, llmPlanRequest } from './serverPlans';
export { storeAddressOf } from './storeAddress';
