import type {
  VectorStore,
  VectorStoreDetail,
  VectorStoresQuery,
  VectorStoresResponse,
} from '@promptside/backstage-plugin-genai-common';
import type { ClusterState } from '../state/ClusterState';
import type { StoreWorkload } from '../vectorStores';
import { deriveStoreHealth, type StoreHealth } from './deriveStoreHealth';
import { discoveredEntityRef } from './discoveredEntity';
import { eventsOf } from './eventsOf';
import { findEndpoint } from './findEndpoint';
import { backingOf, groupStores, type StoreGroup } from './groupStores';
import type { StoreKnowledge } from './observeStore';
import { matchesClaim, resolveClaim } from './ownerChain';
import { cutPage, rowKey } from './page';

/**
 * Vector stores with their health, by cluster, namespace and name. The components of one Milvus release are one store. Throws
 * `InputError` for a cursor that is none.
 *
 * @public
 */
export function deriveVectorStores(
  states: readonly ClusterState[],
  query: VectorStoresQuery,
  knowledge: StoreKnowledge,
): Omit<VectorStoresResponse, 'clusters'> {
  const rows = states
    .filter(({ name }) => query.cluster === undefined || name === query.cluster)
    .flatMap(state =>
      groupStores(state).map(group =>
        toVectorStore(state, group, deriveStoreHealth(state, group, knowledge)),
      ),
    )
    .filter(
      row =>
        (query.namespace === undefined || row.namespace === query.namespace) &&
        (query.engine === undefined || row.engine === query.engine) &&
        (query.state === undefined || row.state === query.state) &&
        matchesEntity(row, query),
    )
    .map(row => ({
      key: rowKey(row.cluster, row.namespace, row.name, row.kind, row.uid),
      row,
    }));
  const { rows: items, totalCount, nextCursor } = cutPage(rows, query);
  return { items, totalCount, ...(nextCursor ? { nextCursor } : {}) };
}

/**
 * One vector store with all its checks; `undefined` when there is none of that name. Where several kinds share the name, a custom
 * resource goes before the workloads.
 *
 * @public
 */
export function deriveVectorStoreDetail(
  states: readonly ClusterState[],
  ref: { cluster: string; namespace: string; name: string },
  knowledge: StoreKnowledge,
): Omit<VectorStoreDetail, 'clusters'> | undefined {
  const state = states.find(({ name }) => name === ref.cluster);
  if (!state) return undefined;
  const [group] = groupStores(state)
    .filter(
      ({ name, parts }) =>
        name === ref.name && parts[0].namespace === ref.namespace,
    )
    .sort((left, right) => precedence(left) - precedence(right));
  if (!group) return undefined;
  const derived = deriveStoreHealth(state, group, knowledge);
  return {
    item: toVectorStore(state, group, derived),
    health: derived.health,
    events: eventsOf(state, group.parts[0]),
  };
}

/** As the claims say; a store that nobody claims also answers for the entity that the catalog gives it. */
function matchesEntity(row: VectorStore, query: VectorStoresQuery): boolean {
  const unclaimed =
    row.entityRef === undefined && row.kubernetesId === undefined;
  return unclaimed &&
    query.entityRef?.toLocaleLowerCase('en-US') ===
      discoveredEntityRef(row, 'resource')
    ? matchesClaim(row, { owner: query.owner })
    : matchesClaim(row, query);
}

function precedence({ parts }: StoreGroup): number {
  const { resource } = parts[0];
  return resource === 'deployments' || resource === 'statefulsets' ? 1 : 0;
}

function toVectorStore(
  state: ClusterState,
  { name, parts }: StoreGroup,
  { health, assessment, observation, reason, message }: StoreHealth,
): VectorStore {
  const [first] = parts;
  const storageBytes = sumKnown(parts.map(part => storageOf(state, part)));
  const endpoint =
    first.custom?.url ??
    backingOf(state, parts)
      .map(part => endpointOf(state, { ...part, store: first.store }))
      .find(found => found !== undefined);
  const { version } = first.store;
  const failed = health.checks.filter(({ outcome }) => outcome === 'Fail');
  const { volumes: _, ...storage } = health.storage ?? { volumes: [] };
  return {
    cluster: state.name,
    namespace: first.namespace,
    name,
    kind: first.kind,
    uid: first.uid,
    engine: first.store.engine,
    ...(version ? { version } : {}),
    state: health.state,
    ...(reason ? { reason } : {}),
    ...(message ? { message } : {}),
    evidence: assessment.evidence,
    replicas: assessment.replicas,
    ...(storageBytes === undefined ? {} : { storageBytes }),
    persistence: observation.persistence,
    ...(Object.keys(storage).length > 0 ? { storage } : {}),
    backup: health.backup,
    indexState: health.indexState,
    ...(health.collectionCount === undefined
      ? {}
      : { collectionCount: health.collectionCount }),
    probe: health.probe,
    failedCheckCount: failed.length,
    ...(endpoint ? { endpoint } : {}),
    ...resolveClaim(state, first),
  };
}

function storageOf(
  state: ClusterState,
  part: StoreWorkload,
): number | undefined {
  const { templateBytes, claims } = part.store;
  const fromTemplates =
    templateBytes === undefined
      ? undefined
      : templateBytes * (part.rollout?.desired ?? 1);
  const fromClaims = (claims ?? []).map(
    name => state.claim(part.namespace, name)?.requestBytes,
  );
  // A claim that is not known makes the sum unknown, not smaller.
  if (fromClaims.includes(undefined)) return undefined;
  return sumKnown([fromTemplates, ...fromClaims]);
}

function sumKnown(parts: (number | undefined)[]): number | undefined {
  const known = parts.filter(part => part !== undefined);
  return known.length === 0
    ? undefined
    : known.reduce((total, part) => total + part, 0);
}

function endpointOf(
  state: ClusterState,
  part: StoreWorkload,
): string | undefined {
  const address = findEndpoint(state, part, part.store.port);
  if (address === undefined) return undefined;
  const scheme = part.store.engine === 'pgvector' ? 'postgresql' : 'http';
  return `${scheme}://${address}`;
}
