export { modelCacheBytes } from './modelCacheBytes';
export { planInference } from './planInference';
export { priceOf, withPrices, type GpuPrices } from './priceOf';
export type { InventoryQueue, QueueFlavor } from './InventoryQueue';
export type { InventoryQuota, PlanInventory } from './PlanInventory';
export { toleratedTaintKeys } from './toleratedTaints';
export {
  modelFromConfig,
  type ConfiguredModel,
} from './config/modelFromConfig';
export { planLine, type PlanLineAnswer } from './planLine';
export type { CacheLayers, PlannedModel, WeightParts } from './PlannedModel';
