export { deriveGpuAllocations } from './deriveGpuAllocations';
export { deriveGpuNodes } from './deriveGpuNodes';
export { deriveGpuOverview } from './deriveGpuOverview';
export {
  deriveModelServerDetail,
  deriveModelServers,
} from './deriveModelServers';
export {
  deriveModelServerTarget,
  type ModelServerTarget,
} from './deriveModelServerTarget';
export { deriveQuota } from './deriveQuota';
export { deriveNamespaces } from './deriveNamespaces';
export {
  discoveredEntityName,
  discoveredEntityRef,
  type DiscoveredServer,
} from './discoveredEntity';
export { deriveStorageClasses } from './deriveStorageClasses';
export { deriveVectorStores } from './deriveVectorStores';
