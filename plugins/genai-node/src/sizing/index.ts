export { modelCacheBytes } from './modelCacheBytes';
export { planInference } from './planInference';
export type { InventoryQuota, PlanInventory } from './PlanInventory';
export { toleratedTaintKeys } from './toleratedTaints';
