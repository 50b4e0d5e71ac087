export { startDemoCluster } from './startDemoCluster';
export type { DemoCluster, DemoClusterOptions } from './startDemoCluster';
export type { Tokens } from './auth/users';
export type {
  KubeObject,
  ListOptions,
  ObjectMeta,
  ObjectStore,
  ResourceId,
  StoreEvent,
} from './store/ObjectStore';
export { ApiStatusError } from './store/ApiStatusError';
