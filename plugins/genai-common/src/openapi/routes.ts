import type { BasicPermission } from '@backstage/plugin-permission-common';
import { z } from 'zod';
import { enginesQuerySchema } from '../engines';
import {
  gpuAllocationsQuerySchema,
  gpuNodesQuerySchema,
  gpuOverviewQuerySchema,
} from '../gpus';
import { modelLookupQuerySchema } from '../models';
import { modelServersQuerySchema } from '../modelServers';
import { clusterNameSchema, dnsLabelSchema } from '../names';
import { namespacesQuerySchema } from '../namespaces';
import {
  genaiClusterReadPermission,
  genaiGpuReadPermission,
  genaiInferencePlanPermission,
  genaiModelLookupPermission,
  genaiModelReadPermission,
  genaiModelServerReadPermission,
  genaiModelServerTryPermission,
  genaiVectorStoreReadPermission,
} from '../permissions';
import { storageClassesQuerySchema } from '../storageClasses';
import { vectorStoresQuerySchema } from '../vectorStores';
import type { SchemaName } from './schemaRegistry';

/**
 * One route of the REST API. The document, the router and their tests are made from this table, so none of them can know
 * a route that the others do not.
 *
 * @public
 */
export interface GenaiRoute {
  method: 'get' | 'post';
  /** With parameters in braces, e.g. `/v1/model-servers/{cluster}/{namespace}/{name}`. */
  path: string;
  operationId: string;
  summary: string;
  description?: string;
  tag: string;
  permission: BasicPermission;
  params: z.ZodObject;
  query: z.ZodObject;
  body?: SchemaName;
  response: SchemaName;
  /** The answer is a `text/event-stream` of `response`, and may be refused for the state things are in. */
  streams?: true;
}

const nothing = z.strictObject({});

/** Path parameters of one model server. @public */
export const modelServerParamsSchema = z.strictObject({
  cluster: clusterNameSchema,
  namespace: dnsLabelSchema,
  /** Names of some workload kinds may hold dots. */
  name: z
    .string()
    .max(253)
    .regex(
      /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/,
      'must be the name of a Kubernetes object',
    ),
});

/** Path parameters of one vector store. @public */
export const vectorStoreParamsSchema = modelServerParamsSchema;

/** Path parameters of one RAG service. @public */
export const ragLineageParamsSchema = modelServerParamsSchema;

/** @public */
export const GENAI_ROUTES = {
  getClusters: {
    method: 'get',
    path: '/v1/clusters',
    operationId: 'getClusters',
    summary: 'Clusters, and how fresh what is known of each resource is',
    tag: 'Clusters',
    permission: genaiClusterReadPermission,
    params: nothing,
    query: nothing,
    response: 'ClustersResponse',
  },
  getGpuOverview: {
    method: 'get',
    path: '/v1/gpu-overview',
    operationId: 'getGpuOverview',
    summary: 'GPUs by shape and by owner, and pods that wait for some',
    tag: 'GPUs',
    permission: genaiGpuReadPermission,
    params: nothing,
    query: gpuOverviewQuerySchema,
    response: 'GpuOverview',
  },
  getGpuNodes: {
    method: 'get',
    path: '/v1/gpu-nodes',
    operationId: 'getGpuNodes',
    summary: 'Nodes with GPUs',
    tag: 'GPUs',
    permission: genaiGpuReadPermission,
    params: nothing,
    query: gpuNodesQuerySchema,
    response: 'GpuNodesResponse',
  },
  getGpuAllocations: {
    method: 'get',
    path: '/v1/gpu-allocations',
    operationId: 'getGpuAllocations',
    summary: 'Which pod of whom holds which GPUs',
    tag: 'GPUs',
    permission: genaiGpuReadPermission,
    params: nothing,
    query: gpuAllocationsQuerySchema,
    response: 'GpuAllocationsResponse',
  },
  getModelServers: {
    method: 'get',
    path: '/v1/model-servers',
    operationId: 'getModelServers',
    summary: 'Everything that serves a model',
    tag: 'Model servers',
    permission: genaiModelServerReadPermission,
    params: nothing,
    query: modelServersQuerySchema,
    response: 'ModelServersResponse',
  },
  getModelServer: {
    method: 'get',
    path: '/v1/model-servers/{cluster}/{namespace}/{name}',
    operationId: 'getModelServer',
    summary: 'One model server with its GPUs, events and engine metrics',
    description:
      'Ready pods are asked for their metrics through the API server, at most every few seconds; what a pod did not tell is a fault beside the others.',
    tag: 'Model servers',
    permission: genaiModelServerReadPermission,
    params: modelServerParamsSchema,
    query: nothing,
    response: 'ModelServerDetail',
  },
  chatWithModelServer: {
    method: 'post',
    path: '/v1/model-servers/{cluster}/{namespace}/{name}/chat',
    operationId: 'chatWithModelServer',
    summary: 'Try a model server: a streamed chat completion',
    description:
      'The backend asks the Service of the model server through the API server; nothing of the caller but the messages reaches it. One question at a time for each user, 60 seconds and 256 KB at most. 409: the server is not ready, generates no text, has no Service, or the last question is still being answered. 503: it did not answer, or `genai.tryIt.enabled` is false.',
    tag: 'Model servers',
    permission: genaiModelServerTryPermission,
    params: modelServerParamsSchema,
    query: nothing,
    body: 'ChatRequest',
    response: 'ChatChunk',
    streams: true,
  },
  getVectorStores: {
    method: 'get',
    path: '/v1/vector-stores',
    operationId: 'getVectorStores',
    summary: 'Vector stores and their health',
    tag: 'Vector stores',
    permission: genaiVectorStoreReadPermission,
    params: nothing,
    query: vectorStoresQuerySchema,
    response: 'VectorStoresResponse',
  },
  getVectorStore: {
    method: 'get',
    path: '/v1/vector-stores/{cluster}/{namespace}/{name}',
    operationId: 'getVectorStore',
    summary: 'One vector store with its checks, volumes and collections',
    description:
      'Nothing is asked for this answer: stores are probed in the background, with questions that only read.',
    tag: 'Vector stores',
    permission: genaiVectorStoreReadPermission,
    params: vectorStoreParamsSchema,
    query: nothing,
    response: 'VectorStoreDetail',
  },
  getVectorStoreHistory: {
    method: 'get',
    path: '/v1/vector-stores/{cluster}/{namespace}/{name}/history',
    operationId: 'getVectorStoreHistory',
    summary: 'State, fill, vectors and latency of one vector store over time',
    description:
      'Kept in the memory of the backend that answers: the last hour and the last day. It begins anew with every start, and each replica of the backend has its own.',
    tag: 'Vector stores',
    permission: genaiVectorStoreReadPermission,
    params: vectorStoreParamsSchema,
    query: nothing,
    response: 'VectorStoreHistory',
  },
  getRagLineage: {
    method: 'get',
    path: '/v1/lineage/{cluster}/{namespace}/{name}',
    operationId: 'getRagLineage',
    summary:
      'What a RAG service stands on: embedding model, collection, store, language model and GPUs, and what does not fit',
    tag: 'Vector stores',
    permission: genaiVectorStoreReadPermission,
    params: ragLineageParamsSchema,
    query: nothing,
    response: 'RagLineageResponse',
  },
  getNamespaces: {
    method: 'get',
    path: '/v1/namespaces',
    operationId: 'getNamespaces',
    summary: 'Namespaces with their owner and GPU quota',
    tag: 'Clusters',
    permission: genaiClusterReadPermission,
    params: nothing,
    query: namespacesQuerySchema,
    response: 'NamespacesResponse',
  },
  getStorageClasses: {
    method: 'get',
    path: '/v1/storage-classes',
    operationId: 'getStorageClasses',
    summary: 'Storage classes, and whether several nodes can share a volume',
    tag: 'Clusters',
    permission: genaiClusterReadPermission,
    params: nothing,
    query: storageClassesQuerySchema,
    response: 'StorageClassesResponse',
  },
  getModels: {
    method: 'get',
    path: '/v1/models',
    operationId: 'getModels',
    summary: 'Facts of the models that can be planned for',
    tag: 'Models',
    permission: genaiModelReadPermission,
    params: nothing,
    query: nothing,
    response: 'ModelsResponse',
  },
  lookupModel: {
    method: 'get',
    path: '/v1/models/lookup',
    operationId: 'lookupModel',
    summary: 'Facts of a model by its Hugging Face id, from the hub',
    description:
      'For models that the catalog does not have. 404: the hub has no such model or does not show it. 503: the hub does not answer, or lookups are switched off.',
    tag: 'Models',
    permission: genaiModelLookupPermission,
    params: nothing,
    query: modelLookupQuerySchema,
    response: 'ModelLookup',
  },
  getEngines: {
    method: 'get',
    path: '/v1/engines',
    operationId: 'getEngines',
    summary: 'Serving engines that golden paths can render',
    description:
      'With a model each engine says whether it can serve it at all; whether it fits the clusters is for a plan to say. 404: the catalog has no such model.',
    tag: 'Models',
    permission: genaiModelReadPermission,
    params: nothing,
    query: enginesQuerySchema,
    response: 'EnginesResponse',
  },
  planInference: {
    method: 'post',
    path: '/v1/inference-plans',
    operationId: 'planInference',
    summary: 'Does this model fit, where, and what is left',
    description:
      'Reads only: nothing is reserved. The answer holds for the state of the clusters at this moment. A model that the catalog does not have is looked up on the Hugging Face hub for those who have the permission genai.model.lookup. 404: neither has it. 503: the hub does not answer.',
    tag: 'Models',
    permission: genaiInferencePlanPermission,
    params: nothing,
    query: nothing,
    body: 'InferencePlanRequest',
    response: 'InferencePlan',
  },
  planRag: {
    method: 'post',
    path: '/v1/rag-plans',
    operationId: 'planRag',
    summary: 'Would this RAG service work',
    description:
      'Dimensions against store and model, chunks and passages against what the models read, the store and model servers that exist, and an inference plan for each model server that is to be made. Reads only. What the caller may not see is not known to the plan either, which then says Unknown. 404: a model to be served is not known.',
    tag: 'Models',
    permission: genaiInferencePlanPermission,
    params: nothing,
    query: nothing,
    body: 'RagPlanRequest',
    response: 'RagPlan',
  },
  getModelFits: {
    method: 'post',
    path: '/v1/model-fits',
    operationId: 'getModelFits',
    summary: 'Which of these models fit what is free now',
    description:
      'A plan in short for each of up to 200 models. A model that the catalog does not have gets the verdict Unknown; the others are answered all the same.',
    tag: 'Models',
    permission: genaiInferencePlanPermission,
    params: nothing,
    query: nothing,
    body: 'ModelFitsRequest',
    response: 'ModelFits',
  },
  getHealth: {
    method: 'get',
    path: '/v1/health',
    operationId: 'getHealth',
    summary: 'Whether live state works',
    tag: 'Clusters',
    permission: genaiClusterReadPermission,
    params: nothing,
    query: nothing,
    response: 'Health',
  },
} as const satisfies Record<string, GenaiRoute>;
