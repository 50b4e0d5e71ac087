import { z } from 'zod';
import { chatChunkSchema, chatMessageSchema, chatRequestSchema } from '../chat';
import { checkSchema, gradedNumberSchema } from '../checks';
import {
  clusterStateSchema,
  clusterStatusSchema,
  clustersResponseSchema,
  resourceSyncSchema,
  resourceSyncStateSchema,
} from '../clusters';
import {
  engineMetricsSchema,
  enginePodMetricsSchema,
  engineValuesSchema,
  measuredLatencySchema,
  measuredNumberSchema,
} from '../engineMetrics';
import { engineSchema, enginesResponseSchema } from '../engines';
import { faultReasonSchema, faultSchema } from '../faults';
import {
  acceleratorVendorSchema,
  gpuAllocationSchema,
  gpuAllocationTotalSchema,
  gpuAllocationsResponseSchema,
  gpuCountsSchema,
  gpuGroupSchema,
  gpuNodePoolSchema,
  gpuNodeSchema,
  gpuNodesResponseSchema,
  gpuOverviewSchema,
  gpuOwnerUsageSchema,
  gpuPendingSchema,
  gpuSharingSchema,
  workloadRefSchema,
} from '../gpus';
import { genaiHealthSchema } from '../health';
import {
  inferenceEngineSchema,
  inferencePlanRequestSchema,
  inferencePlanSchema,
  planCandidateSchema,
  planMemorySchema,
  planQuotaSchema,
  planReasonSchema,
  verdictSchema,
} from '../inferencePlan';
import {
  lineageEdgeSchema,
  lineageNodeKindSchema,
  lineageNodeSchema,
  lineageStateSchema,
  ragLineageResponseSchema,
  ragLineageSchema,
  ragServiceStatusSchema,
} from '../lineage';
import {
  modelFitSchema,
  modelFitsRequestSchema,
  modelFitsSchema,
} from '../modelFits';
import {
  attentionSchema,
  modelExpertsSchema,
  modelFaultSchema,
  modelLookupSchema,
  modelSchema,
  modelSourceSchema,
  modelsResponseSchema,
  modelTaskSchema,
  modelVariantSchema,
  quantizationSchema,
} from '../models';
import {
  evidenceSchema,
  gpuRequestSchema,
  modelServerDetailSchema,
  modelServerSchema,
  modelServersResponseSchema,
  modelServerStateSchema,
  servingRuntimeSchema,
  startupStageSchema,
} from '../modelServers';
import { namespaceSchema, namespacesResponseSchema } from '../namespaces';
import {
  ragPlanRequestSchema,
  ragPlanSchema,
  ragServerPlanSchema,
} from '../ragPlan';
import {
  readWriteManySchema,
  storageClassesResponseSchema,
  storageClassSchema,
} from '../storageClasses';
import {
  indexStateSchema,
  storeBackupSchema,
  storeCollectionSchema,
  storePrimarySchema,
  storeProbeSchema,
  storeStorageSchema,
  storeVolumeSchema,
  vectorStoreHealthSchema,
  vectorStoreStateSchema,
} from '../vectorStoreHealth';
import {
  storeSampleSchema,
  storeSeriesSchema,
  vectorStoreHistorySchema,
} from '../vectorStoreHistory';
import {
  vectorStoreDetailSchema,
  vectorStoreEngineSchema,
  vectorStoreSchema,
  vectorStoresResponseSchema,
} from '../vectorStores';

/**
 * Every error answer, in the form that Backstage gives all of them.
 *
 * @public
 */
export const errorResponseSchema = z.object({
  error: z.object({
    /** Class of `@backstage/errors`, e.g. `InputError`. */
    name: z.string(),
    message: z.string(),
  }),
  request: z.object({ method: z.string(), url: z.string() }).optional(),
  response: z.object({ statusCode: z.number().int() }),
});

/** Name under `components/schemas` of each schema that has one; whatever is not here is written out where it is used. */
const NAMED_SCHEMAS = {
  AcceleratorVendor: acceleratorVendorSchema,
  Attention: attentionSchema,
  ChatChunk: chatChunkSchema,
  ChatMessage: chatMessageSchema,
  ChatRequest: chatRequestSchema,
  Check: checkSchema,
  ClusterState: clusterStateSchema,
  ClusterStatus: clusterStatusSchema,
  ClustersResponse: clustersResponseSchema,
  Engine: engineSchema,
  EngineMetrics: engineMetricsSchema,
  EnginePodMetrics: enginePodMetricsSchema,
  EngineValues: engineValuesSchema,
  EnginesResponse: enginesResponseSchema,
  ErrorResponse: errorResponseSchema,
  Evidence: evidenceSchema,
  Fault: faultSchema,
  FaultReason: faultReasonSchema,
  GpuAllocation: gpuAllocationSchema,
  GpuAllocationTotal: gpuAllocationTotalSchema,
  GpuAllocationsResponse: gpuAllocationsResponseSchema,
  GpuCounts: gpuCountsSchema,
  GpuGroup: gpuGroupSchema,
  GpuNode: gpuNodeSchema,
  GpuNodePool: gpuNodePoolSchema,
  GpuNodesResponse: gpuNodesResponseSchema,
  GpuOverview: gpuOverviewSchema,
  GpuOwnerUsage: gpuOwnerUsageSchema,
  GpuPending: gpuPendingSchema,
  GpuRequest: gpuRequestSchema,
  GpuSharing: gpuSharingSchema,
  GradedNumber: gradedNumberSchema,
  Health: genaiHealthSchema,
  IndexState: indexStateSchema,
  InferenceEngine: inferenceEngineSchema,
  InferencePlan: inferencePlanSchema,
  InferencePlanRequest: inferencePlanRequestSchema,
  LineageEdge: lineageEdgeSchema,
  LineageNode: lineageNodeSchema,
  LineageNodeKind: lineageNodeKindSchema,
  LineageState: lineageStateSchema,
  MeasuredLatency: measuredLatencySchema,
  MeasuredNumber: measuredNumberSchema,
  Model: modelSchema,
  ModelExperts: modelExpertsSchema,
  ModelFault: modelFaultSchema,
  ModelFit: modelFitSchema,
  ModelFits: modelFitsSchema,
  ModelFitsRequest: modelFitsRequestSchema,
  ModelLookup: modelLookupSchema,
  ModelServer: modelServerSchema,
  ModelServerDetail: modelServerDetailSchema,
  ModelServerState: modelServerStateSchema,
  ModelServersResponse: modelServersResponseSchema,
  ModelSource: modelSourceSchema,
  ModelTask: modelTaskSchema,
  ModelVariant: modelVariantSchema,
  ModelsResponse: modelsResponseSchema,
  Namespace: namespaceSchema,
  NamespacesResponse: namespacesResponseSchema,
  PlanCandidate: planCandidateSchema,
  PlanMemory: planMemorySchema,
  PlanQuota: planQuotaSchema,
  PlanReason: planReasonSchema,
  Quantization: quantizationSchema,
  RagLineage: ragLineageSchema,
  RagLineageResponse: ragLineageResponseSchema,
  RagPlan: ragPlanSchema,
  RagPlanRequest: ragPlanRequestSchema,
  RagServerPlan: ragServerPlanSchema,
  RagServiceStatus: ragServiceStatusSchema,
  ReadWriteMany: readWriteManySchema,
  ResourceSync: resourceSyncSchema,
  ResourceSyncState: resourceSyncStateSchema,
  ServingRuntime: servingRuntimeSchema,
  StartupStage: startupStageSchema,
  StorageClass: storageClassSchema,
  StorageClassesResponse: storageClassesResponseSchema,
  StoreBackup: storeBackupSchema,
  StoreCollection: storeCollectionSchema,
  StorePrimary: storePrimarySchema,
  StoreProbe: storeProbeSchema,
  StoreSample: storeSampleSchema,
  StoreSeries: storeSeriesSchema,
  StoreStorage: storeStorageSchema,
  StoreVolume: storeVolumeSchema,
  VectorStore: vectorStoreSchema,
  VectorStoreDetail: vectorStoreDetailSchema,
  VectorStoreEngine: vectorStoreEngineSchema,
  VectorStoreHealth: vectorStoreHealthSchema,
  VectorStoreHistory: vectorStoreHistorySchema,
  VectorStoreState: vectorStoreStateSchema,
  VectorStoresResponse: vectorStoresResponseSchema,
  Verdict: verdictSchema,
  WorkloadRef: workloadRefSchema,
} satisfies Record<string, z.ZodType>;

/** Name of a schema in the OpenAPI document. @public */
export type SchemaName = keyof typeof NAMED_SCHEMAS;

/** Path of a named schema inside the document. */
export function schemaPointer(name: string): string {
  return `#/components/schemas/${name}`;
}

/** A JSON schema as it stands in the document. */
export type JsonSchemaObject = { [keyword: string]: unknown };

/** zod writes the limits of a safe integer to every integer; to a reader of the document they say nothing. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidy);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(
    ([key, inner]) =>
      key !== '$schema' &&
      key !== '$id' &&
      !(key === 'minimum' && inner === Number.MIN_SAFE_INTEGER) &&
      !(key === 'maximum' && inner === Number.MAX_SAFE_INTEGER),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, tidy(inner)]));
}

/**
 * JSON schema of one zod schema, with references to the named ones left out: for query strings, whose fields are plain.
 * The input side is taken, so that objects of answers stay open for fields of a newer backend while strict ones are closed.
 */
export function plainJsonSchema(schema: z.ZodType): JsonSchemaObject {
  return tidy(z.toJSONSchema(schema, { io: 'input' })) as JsonSchemaObject;
}

/** JSON schemas of all named schemas, referring to each other. */
export function namedJsonSchemas(): Record<string, JsonSchemaObject> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(NAMED_SCHEMAS)) {
    registry.add(schema, { id });
  }
  const { schemas } = z.toJSONSchema(registry, {
    io: 'input',
    uri: schemaPointer,
  });
  return tidy(schemas) as Record<string, JsonSchemaObject>;
}
