import type {
  StoreSample,
  VectorStoreHealth,
} from '@promptside/backstage-plugin-genai-common';
import type { ClusterState } from '../state/ClusterState';
import { deriveStoreHealth } from './deriveStoreHealth';
import { groupStores } from './groupStores';
import type { StoreKnowledge } from './observeStore';

/**
 * What is worth remembering of every vector store of a cluster now, by the uid that names the store. Numbers that are not known are
 * absent.
 *
 * @public
 */
export function deriveStoreSamples(
  state: ClusterState,
  knowledge: StoreKnowledge,
): { uid: string; sample: StoreSample }[] {
  return groupStores(state).map(group => {
    const { health } = deriveStoreHealth(state, group, knowledge);
    return { uid: group.parts[0].uid, sample: toSample(health, knowledge.now) };
  });
}

function toSample(health: VectorStoreHealth, now: number): StoreSample {
  const { state, storage, probe } = health;
  const usedRatio = storage?.usedRatio?.value;
  const vectorCount = countVectors(health);
  const latencyMs = probe.latencyMs?.value;
  return {
    at: new Date(now).toISOString(),
    state,
    ...(usedRatio === undefined ? {} : { usedRatio }),
    ...(vectorCount === undefined ? {} : { vectorCount }),
    ...(latencyMs === undefined ? {} : { latencyMs: Math.round(latencyMs) }),
  };
}

/** A collection that nobody counted makes the sum unknown, not smaller. */
function countVectors({
  collections,
  collectionCount,
}: VectorStoreHealth): number | undefined {
  if (collectionCount !== collections.length) return undefined;
  const counts = collections.map(({ count }) => count?.value);
  return counts.reduce<number | undefined>(
    (sum, count) =>
      sum === undefined || count === undefined
        ? undefined
        : sum + Math.round(count),
    0,
  );
}
