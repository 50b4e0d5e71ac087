import { NotFoundError } from '@backstage/errors';
import type {
  GpuNode,
  InferencePlan,
  InferencePlanRequest,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import {
  deriveGpuNodes,
  deriveQueues,
  deriveStorageClasses,
  deriveQuota,
  findModel,
  planInference,
  withPrices,
  type ClusterState,
} from '@promptside/backstage-plugin-genai-node';
import type { ModelCatalog } from '../models/ModelCatalog';
import type { LiveState } from './LiveState';
import type { PlanSettings } from './readPlanSettings';

/** Most nodes in one page of `deriveGpuNodes`. */
const PAGE = 500;

function readGpuNodes(states: readonly ClusterState[]): GpuNode[] {
  const nodes: GpuNode[] = [];
  let cursor: string | undefined;
  do {
    const page = deriveGpuNodes(states, { limit: PAGE, cursor });
    nodes.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return nodes;
}

function checkNamespace(
  states: readonly ClusterState[],
  namespace: string | undefined,
): void {
  if (namespace === undefined || states.some(s => !s.has('namespaces'))) return;
  if (states.some(state => state.namespace(namespace))) return;
  const where = states.map(({ name }) => `"${name}"`).join(', ');
  throw new NotFoundError(
    `Field "namespace": there is no namespace "${namespace}" in cluster ${where}`,
  );
}

/**
 * Plans against what is free at this moment: for the model of the catalog, or for one whose facts are given. Throws
 * `NotFoundError` that names the field.
 */
export type Planner = (
  request: InferencePlanRequest,
  model?: Model,
) => InferencePlan;

/** A planner on the live state and the catalog; it asks no cluster. */
export function createPlanner({
  live,
  catalog,
  planSettings: { prices, images, engines, requireQuota },
}: {
  live: LiveState;
  catalog: ModelCatalog;
  planSettings: PlanSettings;
}): Planner {
  // the planner remembers what it worked out for an array of nodes, so the same state must give the same array
  const nodesOf = new Map<string, { versions: string; nodes: GpuNode[] }>();

  const gpuNodes = (
    states: readonly ClusterState[],
    cluster: string | undefined,
  ): GpuNode[] => {
    const versions = states.map(s => `${s.name}:${s.version}`).join('|');
    const key = cluster ?? '';
    const known = nodesOf.get(key);
    if (known?.versions === versions) return known.nodes;
    const nodes = readGpuNodes(states);
    nodesOf.set(key, { versions, nodes });
    return nodes;
  };

  return (request, given) => {
    const model = given ?? findModel(catalog.models(), request.model);
    if (!model) {
      throw new NotFoundError(
        `Field "model": the catalog has no model "${request.model}"; GET /v1/models lists those it has`,
      );
    }
    const { states, clusters } = live.view(request.cluster);
    checkNamespace(states, request.namespace);
    const plan = planInference({
      model,
      request,
      inventory: {
        nodes: gpuNodes(states, request.cluster),
        nodesKnown: states.every(s => s.has('nodes') && s.has('pods')),
        ...deriveQuota(states, request.namespace),
        ...deriveQueues(states, request.namespace),
        storageClasses: deriveStorageClasses(states, {}).items,
        storageUnknown: states
          .filter(state => !state.has('storageclasses'))
          .map(({ name }) => name),
        requireQuota,
        images,
        engines,
      },
    });
    return { ...withPrices(plan, prices), clusters };
  };
}
