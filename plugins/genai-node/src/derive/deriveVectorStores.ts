import type {
  VectorStore,
  VectorStoresQuery,
  VectorStoresResponse,
} from '@promptside/backstage-plugin-genai-common';
import type { StoreFact, WorkloadFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import { assessStore, type StoreAssessment } from './assessStore';
import { findEndpoint } from './findEndpoint';
import { isPartOfAnother, matchesClaim, resolveClaim } from './ownerChain';
import { cutPage, rowKey } from './page';

/**
 * Vector stores as the Kubernetes API tells of them, by cluster, namespace and name. The components of one Milvus release are
 * one store. Throws `InputError` for a cursor that is none.
 *
 * @public
 */
export function deriveVectorStores(
  states: readonly ClusterState[],
  query: VectorStoresQuery,
): Omit<VectorStoresResponse, 'clusters'> {
  const rows = states
    .filter(({ name }) => query.cluster === undefined || name === query.cluster)
    .flatMap(state =>
      groupStores(state).map(parts => toVectorStore(state, parts)),
    )
    .filter(
      row =>
        (query.namespace === undefined || row.namespace === query.namespace) &&
        (query.engine === undefined || row.engine === query.engine) &&
        (query.state === undefined || row.state === query.state) &&
        matchesClaim(row, query),
    )
    .map(row => ({
      key: rowKey(row.cluster, row.namespace, row.name, row.kind, row.uid),
      row,
    }));
  const { rows: items, totalCount, nextCursor } = cutPage(rows, query);
  return { items, totalCount, ...(nextCursor ? { nextCursor } : {}) };
}

type Store = WorkloadFact & { store: StoreFact };

/** Workloads by the store they make up; the first of each names it. */
function groupStores(state: ClusterState): Store[][] {
  const groups = new Map<string, Store[]>();
  for (const workload of state.stores()) {
    const { store, namespace, uid } = workload;
    if (!store || isPartOfAnother(state, workload)) continue;
    const release =
      store.engine === 'milvus' && workload.resource !== 'milvuses'
        ? store.instance
        : undefined;
    const key = release === undefined ? uid : `${namespace}/${release}`;
    const group = groups.get(key) ?? [];
    group.push({ ...workload, store });
    groups.set(key, group);
  }
  return [...groups.values()].map(parts =>
    parts.sort((left, right) => (left.name < right.name ? -1 : 1)),
  );
}

function toVectorStore(state: ClusterState, parts: Store[]): VectorStore {
  const [first] = parts;
  const several = parts.length > 1;
  const assessment = combine(parts.map(part => assessStore(state, part)));
  const storageBytes = sumKnown(parts.map(part => storageOf(state, part)));
  const endpoint = parts
    .map(part => endpointOf(state, part))
    .find(found => found !== undefined);
  const version = first.store.version;
  return {
    cluster: state.name,
    namespace: first.namespace,
    name: several ? (first.store.instance ?? first.name) : first.name,
    kind: first.kind,
    uid: first.uid,
    engine: first.store.engine,
    ...(version ? { version } : {}),
    ...assessment,
    ...(storageBytes === undefined ? {} : { storageBytes }),
    // Stateless components of Milvus say nothing about where its rows are.
    persistence:
      first.store.engine === 'milvus' && first.store.persistence === 'Ephemeral'
        ? 'Unknown'
        : first.store.persistence,
    ...(endpoint ? { endpoint } : {}),
    ...resolveClaim(state, first),
  };
}

/** Components that need each other are as well as the worst of them. */
function combine(parts: StoreAssessment[]): StoreAssessment {
  const order = ['Down', 'Unknown', 'Degraded', 'Healthy'];
  const [worst] = [...parts].sort(
    (left, right) => order.indexOf(left.state) - order.indexOf(right.state),
  );
  const sum = (key: 'desired' | 'ready') =>
    parts.reduce((total, { replicas }) => total + replicas[key], 0);
  return {
    ...worst,
    replicas: { desired: sum('desired'), ready: sum('ready') },
  };
}

function storageOf(state: ClusterState, part: Store): number | undefined {
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

function endpointOf(state: ClusterState, part: Store): string | undefined {
  if (part.custom?.url) return part.custom.url;
  const address = findEndpoint(state, part, part.store.port);
  if (address === undefined) return undefined;
  const scheme = part.store.engine === 'pgvector' ? 'postgresql' : 'http';
  return `${scheme}://${address}`;
}
