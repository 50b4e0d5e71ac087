import type {
  GpuRequest,
  ModelServer,
  ModelServerDetail,
  ModelServersQuery,
  ModelServersResponse,
} from '@promptside/backstage-plugin-genai-common';
import type {
  AcceleratorAsk,
  CatalogClaim,
  ServingFact,
  WorkloadFact,
} from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import { assessInferenceService } from './assessInferenceService';
import { assessKaitoWorkspace } from './assessKaitoWorkspace';
import { assessKubeAiModel } from './assessKubeAiModel';
import { assessNimService } from './assessNimService';
import { assessWorkload } from './assessWorkload';
import { allocationsOf } from './deriveGpuAllocations';
import { isDiscoveredAs } from './discoveredEntity';
import { eventsOf } from './eventsOf';
import { findUrl } from './findEndpoint';
import { deviceShape } from './gpuInventory';
import { isPartOfAnother, matchesClaim, resolveClaim } from './ownerChain';
import { cutPage, rowKey } from './page';

/**
 * Everything that serves a model, by cluster, namespace and name. A Deployment that belongs to an InferenceService is part of
 * that, not a server of its own. Throws `InputError` for a cursor that is none.
 *
 * @public
 */
export function deriveModelServers(
  states: readonly ClusterState[],
  query: ModelServersQuery,
): Omit<ModelServersResponse, 'clusters'> {
  const rows = states
    .filter(({ name }) => query.cluster === undefined || name === query.cluster)
    .flatMap(state =>
      serversOf(state)
        .filter(
          server =>
            (query.namespace === undefined ||
              server.namespace === query.namespace) &&
            (query.runtime === undefined ||
              server.serving.runtime === query.runtime),
        )
        .flatMap(server => {
          const claim = resolveClaim(state, server);
          const { entityRef, owner } = query;
          const asked = isDiscoveredAs(state, server, entityRef)
            ? matchesClaim(claim, { owner })
            : matchesClaim(claim, query);
          if (!asked) return [];
          const { namespace, name, kind, uid } = server;
          return [
            {
              key: rowKey(state.name, namespace, name, kind, uid),
              row: () => toModelServer(state, server, claim),
            },
          ];
        }),
    );
  if (query.state === undefined) {
    const page = cutPage(rows, query);
    return answerOf(
      page.rows.map(row => row()),
      page,
    );
  }
  // Only a question for a state needs the state of all.
  const assessed = rows
    .map(({ key, row }) => ({ key, row: row() }))
    .filter(({ row }) => row.state === query.state);
  const page = cutPage(assessed, query);
  return answerOf(page.rows, page);
}

/**
 * One model server with its devices and events; `undefined` when there is none of that name. Where several kinds share the
 * name, the custom resource goes before the Deployment and that before the StatefulSet.
 *
 * @public
 */
export function deriveModelServerDetail(
  states: readonly ClusterState[],
  ref: { cluster: string; namespace: string; name: string },
): Omit<ModelServerDetail, 'clusters'> | undefined {
  const found = findModelServer(states, ref);
  if (!found) return undefined;
  const { state, server } = found;
  return {
    item: toModelServer(state, server, resolveClaim(state, server)),
    allocations: allocationsOf(state, state.podsOf(server.uid)),
    events: eventsOf(state, server),
  };
}

/** Where several kinds share a name, the first of these goes before the others. */
const PRECEDENCE: readonly string[] = [
  'inferenceservices',
  'llminferenceservices',
  'nimservices',
  'kaitoworkspaces',
  'kubeaimodels',
  'deployments',
  'statefulsets',
];

/** The model server of that name, with the state of its cluster. */
export function findModelServer(
  states: readonly ClusterState[],
  ref: { cluster: string; namespace: string; name: string },
): { state: ClusterState; server: Server } | undefined {
  const state = states.find(({ name }) => name === ref.cluster);
  if (!state) return undefined;
  const [server] = serversOf(state)
    .filter(
      ({ namespace, name }) => namespace === ref.namespace && name === ref.name,
    )
    .sort(
      (left, right) =>
        PRECEDENCE.indexOf(left.resource) - PRECEDENCE.indexOf(right.resource),
    );
  return server && { state, server };
}

/** Kinds that tell of themselves otherwise than a Deployment does. */
const ASSESSMENTS: Readonly<
  Partial<Record<WorkloadFact['resource'], typeof assessWorkload>>
> = {
  inferenceservices: assessInferenceService,
  llminferenceservices: assessInferenceService,
  nimservices: assessNimService,
  kaitoworkspaces: assessKaitoWorkspace,
  kubeaimodels: assessKubeAiModel,
};

type Server = WorkloadFact & { serving: ServingFact };

function serversOf(state: ClusterState): Server[] {
  return [...state.servers()].filter(
    (server): server is Server =>
      server.serving !== undefined && !isPartOfAnother(state, server),
  );
}

function answerOf(
  items: ModelServer[],
  { totalCount, nextCursor }: { totalCount: number; nextCursor?: string },
) {
  return { items, totalCount, ...(nextCursor ? { nextCursor } : {}) };
}

function toModelServer(
  state: ClusterState,
  server: Server,
  claim: CatalogClaim,
): ModelServer {
  const { serving } = server;
  const assess = ASSESSMENTS[server.resource] ?? assessWorkload;
  const assessment = assess(state, server);
  const model = readModel(serving);
  const endpoint = readEndpoint(state, server);
  return {
    cluster: state.name,
    namespace: server.namespace,
    name: server.name,
    kind: server.kind,
    uid: server.uid,
    runtime: serving.runtime,
    ...(serving.title ? { runtimeTitle: serving.title } : {}),
    ...(serving.version ? { runtimeVersion: serving.version } : {}),
    ...(model ? { model } : {}),
    ...assessment,
    ...(endpoint ? { endpoint } : {}),
    gpus: readGpus(state, server),
    ...claim,
    ...(server.createdAt ? { createdAt: server.createdAt } : {}),
  };
}

function readModel({
  modelId,
  modelRevision,
  servedName,
}: ServingFact): ModelServer['model'] {
  if (!modelId && !servedName) return undefined;
  const served = servedName ?? modelId;
  return {
    ...(modelId ? { id: modelId } : {}),
    ...(modelRevision ? { revision: modelRevision } : {}),
    ...(served ? { servedName: served } : {}),
  };
}

function readEndpoint(
  state: ClusterState,
  server: Server,
): ModelServer['endpoint'] {
  const { basePath, protocol, port } = server.serving;
  const base = server.custom?.url ?? findUrl(state, server, port);
  return base
    ? { url: `${base.replace(/\/$/, '')}${basePath}`, protocol }
    : undefined;
}

function readGpus(state: ClusterState, server: Server): GpuRequest[] {
  const pods = state.podsOf(server.uid);
  const asks: readonly AcceleratorAsk[] =
    server.asks ??
    pods.find(pod => pod.asks.length > 0)?.asks ??
    // before there are pods, what the operator has made of it
    [...state.children(server.uid)].find(child => child.asks)?.asks ??
    [];
  const node = pods.find(pod => pod.node !== undefined)?.node;
  return asks.flatMap(({ resource, count }) => {
    const shape = deviceShape(state, resource, node);
    return shape
      ? [
          {
            vendor: shape.vendor,
            resource,
            sharing: shape.sharing,
            perReplicaCount: count,
          },
        ]
      : [];
  });
}

/** Events of the workload, of everything it controls and of all their pods, newest first. */
