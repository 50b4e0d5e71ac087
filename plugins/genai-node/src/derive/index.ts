export { deriveGpuAllocations } from './deriveGpuAllocations';
export { deriveGpuNodes } from './deriveGpuNodes';
export { deriveGpuOverview } from './deriveGpuOverview';
export { deriveLineage } from './deriveLineage';
export {
  deriveModelServerDetail,
  deriveModelServers,
} from './deriveModelServers';
export {
  deriveModelServerTarget,
  type ModelServerTarget,
} from './deriveModelServerTarget';
export { deriveQueues } from './deriveQueues';
export { deriveQuota } from './deriveQuota';
export { deriveNamespaces } from './deriveNamespaces';
export {
  discoveredEntityName,
  discoveredEntityRef,
  type DiscoveredServer,
} from './discoveredEntity';
export { deriveStorageClasses } from './deriveStorageClasses';
export { deriveStoreSamples } from './deriveStoreSamples';
export { deriveStoreTargets, type StoreTarget } from './deriveStoreTargets';
export type { FindVolumeFill, VolumeFill } from './deriveStoreVolumes';
export {
  deriveVectorStoreDetail,
  deriveVectorStores,
} from './deriveVectorStores';
export type { StoreKnowledge } from './observeStore';
