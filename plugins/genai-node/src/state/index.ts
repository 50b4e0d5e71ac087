export type { AddedKnowledge } from './AddedKnowledge';
export type { ChangeTopic, ClusterState, WatchEventType } from './ClusterState';
export { createClusterState } from './createClusterState';
export type { WatchedResource } from './WatchedResource';
export { WATCHED_RESOURCES, watchedResources } from './watchedResources';
