export {
  buildRagEntities,
  ragEndpointOf,
  renderRagEntities,
} from './buildRagEntities';
export { buildRagObjects } from './buildRagObjects';
export { embeddingEndpointOf, embeddingServerSpec } from './embeddingServer';
export { planRag, type RagPlan, type RagPlanFacts } from './planRag';
export { ragApiDefinition } from './ragApiDefinition';
export { DEFAULT_HISTORY_INSTANCES, defaultStoreReplicas } from './ragDefaults';
export { ragLimits, type RagNumbers } from './ragLimits';
export { checkedRagSpec, parseRagSpec, stringifyRagSpec } from './ragSpecText';
export { renderRag } from './renderRag';
export { storeAddressOf } from './storeAddress';
