import type { ChangeTopic } from './ClusterState';

/** Topics as bits, so that a list of thousands of changes costs one number. */
export const GPUS = 1;
export const SERVERS = 2;
export const STORES = 4;
export const CLUSTERS = 8;
export const EVERYTHING_SHOWN = GPUS | SERVERS | STORES;

const TOPICS: readonly [number, ChangeTopic][] = [
  [GPUS, 'gpus'],
  [SERVERS, 'model-servers'],
  [STORES, 'vector-stores'],
  [CLUSTERS, 'clusters'],
];

/** The bits of a mask as the words of the signal, in a fixed order. */
export function toTopics(mask: number): ChangeTopic[] {
  return mask === 0
    ? []
    : TOPICS.flatMap(([bit, topic]) => (mask & bit ? [topic] : []));
}
