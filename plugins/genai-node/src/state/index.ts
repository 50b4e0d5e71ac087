export type { ChangeTopic, ClusterState, WatchEventType } from './ClusterState';
export { createClusterState } from './createClusterState';
export type { WatchedResource } from './WatchedResource';
export { WATCHED_RESOURCES } from './watchedResources';
