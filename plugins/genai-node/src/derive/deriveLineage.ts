import type {
  LineageEdge,
  LineageNode,
  LineageNodeKind,
  ModelServer,
  RagLineage,
  RagServiceStatus,
  VectorStoreDetail,
} from '@promptside/backstage-plugin-genai-common';
import type { RagFact, WorkloadFact } from '../facts/Fact';
import { tableOf } from '../vectorStores/pgvector/tableOf';
import { assessWorkload } from './assessWorkload';
import { serviceOf } from './serviceOf';
import type { ClusterState } from '../state/ClusterState';
import { deriveModelServers } from './deriveModelServers';
import {
  deriveVectorStoreDetail,
  deriveVectorStores,
} from './deriveVectorStores';
import { judgeCollection, judgeServer, judgeStore } from './judgeLineage';
import type { StoreKnowledge } from './observeStore';
import { resolveClaim } from './ownerChain';

/** More stores or servers than that in one cluster are not looked through. */
const LIMIT = 500;

/** What a cluster holds that a RAG service may stand on. */
export interface LineageFacts {
  service: WorkloadFact & { rag: RagFact };
  store?: Omit<VectorStoreDetail, 'clusters'>;
  embedding?: ModelServer;
  llm?: ModelServer;
}

/**
 * What a RAG service stands on, and whether each connection holds; `undefined` when there is no such service.
 *
 * @param ref - of its Deployment
 * @public
 */
export function deriveLineage(
  states: readonly ClusterState[],
  ref: { cluster: string; namespace: string; name: string },
  knowledge: StoreKnowledge,
): RagLineage | undefined {
  const state = states.find(({ name }) => name === ref.cluster);
  const service = [...(state?.ragServices() ?? [])].find(
    ({ namespace, name }) => namespace === ref.namespace && name === ref.name,
  );
  if (!state || !service?.rag) return undefined;
  const query = { cluster: ref.cluster, limit: LIMIT };
  const { rag, namespace } = service;
  const servers = deriveModelServers([state], query).items;
  const serverAt = (endpoint: string | undefined) =>
    servers.find(server =>
      isSameService(server.endpoint?.url, endpoint, namespace),
    );
  const store = deriveVectorStores([state], query, knowledge).items.find(
    row =>
      isSameService(row.endpoint, rag.storeEndpoint, namespace) ||
      namesStore(rag, row),
  );
  const { entityRef } = resolveClaim(state, service);
  const status = statusOf(state, service);
  return connect(
    {
      service: { ...service, ...(entityRef ? { entityRef } : {}), rag },
      store: store && deriveVectorStoreDetail([state], store, knowledge),
      embedding: serverAt(rag.embeddingEndpoint),
      llm: serverAt(rag.llmEndpoint),
    },
    ref.cluster,
    status,
  );
}

function statusOf(
  state: ClusterState,
  service: WorkloadFact,
): RagServiceStatus {
  const { evidence, ...status } = assessWorkload(state, service);
  return status;
}

/** The graph of what was found. */
function connect(
  facts: LineageFacts,
  cluster: string,
  status: RagServiceStatus,
): RagLineage {
  const { service, store, embedding, llm } = facts;
  const { rag, namespace, name } = service;
  const nodes: LineageNode[] = [
    {
      id: 'service',
      kind: 'RagService',
      title: name,
      detail: readyOf(status.replicas),
      object: { cluster, namespace, name },
      ...(service.entityRef ? { entityRef: service.entityRef } : {}),
    },
    nodeOf('EmbeddingModel', rag.embeddingModel, embedding, {
      detail: dimensions(rag.embeddingDimension),
    }),
    nodeOf('Collection', rag.collection, undefined, {
      detail: dimensions(collectionOf(facts)?.dimension),
    }),
    nodeOf('VectorStore', store?.item.name ?? rag.storeEngine, store?.item, {
      detail: store?.item.engine ?? rag.storeEngine,
    }),
    nodeOf('LanguageModel', rag.llmModel, llm, { detail: rag.llmEndpoint }),
  ];
  const edges: LineageEdge[] = [
    {
      from: 'service',
      to: 'EmbeddingModel',
      ...judgeServer(
        rag.embeddingEndpoint,
        rag.embeddingModel,
        embedding,
        namespace,
      ),
    },
    {
      from: 'EmbeddingModel',
      to: 'Collection',
      ...judgeCollection(facts, collectionOf(facts)),
    },
    { from: 'Collection', to: 'VectorStore', ...judgeStore(facts) },
    {
      from: 'service',
      to: 'LanguageModel',
      ...judgeServer(rag.llmEndpoint, rag.llmModel, llm, namespace),
    },
  ];
  for (const [kind, server] of [
    ['EmbeddingModel', embedding],
    ['LanguageModel', llm],
  ] as const) {
    const gpu = server && gpuOf(kind, server);
    if (!gpu) continue;
    nodes.push(gpu.node);
    edges.push(gpu.edge);
  }
  const worst = (['Broken', 'Unknown'] as const).find(state =>
    edges.some(edge => edge.state === state),
  );
  return {
    cluster,
    namespace,
    name,
    state: worst ?? 'Whole',
    service: status,
    nodes,
    edges,
  };
}

function nodeOf(
  kind: LineageNodeKind,
  title: string | undefined,
  found:
    | { cluster: string; namespace: string; name: string; entityRef?: string }
    | undefined,
  { detail }: { detail: string | undefined },
): LineageNode {
  return {
    id: kind,
    kind,
    title: title ?? 'not told',
    ...(detail ? { detail } : {}),
    ...(found
      ? {
          object: {
            cluster: found.cluster,
            namespace: found.namespace,
            name: found.name,
          },
          ...(found.entityRef ? { entityRef: found.entityRef } : {}),
        }
      : {}),
  };
}

function collectionOf({ service, store }: LineageFacts) {
  const { collection } = service.rag;
  if (!store || !collection) return undefined;
  const names =
    store.item.engine === 'pgvector'
      ? [tableOf(collection), collection]
      : [collection];
  const { collections } = store.health;
  const found = names.flatMap(wanted =>
    collections.filter(({ name }) => name === wanted),
  )[0];
  // What the service calls it is what its owners know.
  return found && { ...found, name: collection };
}

const readyOf = ({ ready, desired }: ModelServer['replicas']) =>
  `${ready} of ${desired} replicas ready`;

const dimensions = (count: number | undefined) =>
  count === undefined ? undefined : `${count} dimensions`;

/** What a server runs on; `undefined` for one on processor cores. */
function gpuOf(
  from: 'EmbeddingModel' | 'LanguageModel',
  { gpus, replicas, state, reason, message }: ModelServer,
): { node: LineageNode; edge: LineageEdge } | undefined {
  if (gpus.length === 0) return undefined;
  const id = `${from}Gpu`;
  const [{ resource, perReplicaCount }] = gpus;
  const edge: LineageEdge = { from, to: id, state: 'Whole' };
  if (replicas.ready === 0) {
    edge.state = state === 'Failed' ? 'Broken' : 'Unknown';
    edge.reason = reason ?? 'NoReadyReplica';
    edge.message = message ?? 'No replica holds its GPUs and serves';
  }
  return {
    node: {
      id,
      kind: 'Gpu',
      title: `${perReplicaCount} x ${resource}`,
      detail: readyOf(replicas),
    },
    edge,
  };
}

function isSameService(
  live: string | undefined,
  said: string | undefined,
  own: string,
): boolean {
  const left = live && serviceOf(live, own);
  return Boolean(left) && said !== undefined && left === serviceOf(said, own);
}

/** Services of operators are called after their resource: `-rw` of CloudNativePG, `-milvus` of the Milvus operator. */
function namesStore(
  { storeName, storeEndpoint }: RagFact,
  store: { namespace: string; name: string },
): boolean {
  const { namespace, name } = store;
  if (storeName) return storeName === `${namespace}/${name}`;
  const service = storeEndpoint && serviceOf(storeEndpoint, '');
  return [`${name}-rw`, `${name}-milvus`].some(
    candidate => service === `${candidate}.${namespace}`,
  );
}
