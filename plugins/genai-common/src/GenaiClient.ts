import { ResponseError } from '@backstage/errors';
import { z } from 'zod';
import type { ChatRequest } from './chat';
import { clustersResponseSchema, type ClustersResponse } from './clusters';
import {
  enginesResponseSchema,
  type EnginesQuery,
  type EnginesResponse,
} from './engines';
import {
  gpuAllocationsResponseSchema,
  gpuNodesResponseSchema,
  gpuOverviewSchema,
  type GpuAllocationsQuery,
  type GpuAllocationsResponse,
  type GpuNodesQuery,
  type GpuNodesResponse,
  type GpuOverview,
  type GpuOverviewQuery,
} from './gpus';
import {
  inferencePlanSchema,
  type InferencePlan,
  type InferencePlanRequest,
} from './inferencePlan';
import { ragLineageResponseSchema, type RagLineageResponse } from './lineage';
import { ragPlanSchema, type RagPlan, type RagPlanRequest } from './ragPlan';
import {
  modelFitsSchema,
  type ModelFits,
  type ModelFitsRequest,
} from './modelFits';
import {
  modelLookupSchema,
  modelsResponseSchema,
  type ModelLookup,
  type ModelLookupQuery,
  type ModelsResponse,
} from './models';
import {
  modelServerDetailSchema,
  modelServersResponseSchema,
  type ModelServerDetail,
  type ModelServersQuery,
  type ModelServersResponse,
} from './modelServers';
import {
  namespacesResponseSchema,
  type NamespacesQuery,
  type NamespacesResponse,
} from './namespaces';
import {
  storageClassesResponseSchema,
  type StorageClassesQuery,
  type StorageClassesResponse,
} from './storageClasses';
import { readChatText } from './readChatText';
import { objectPath, withQuery, type GenaiObjectRef } from './requestPath';
import {
  vectorStoreHistorySchema,
  type VectorStoreHistory,
} from './vectorStoreHistory';
import {
  vectorStoreDetailSchema,
  vectorStoresResponseSchema,
  type VectorStoreDetail,
  type VectorStoresQuery,
  type VectorStoresResponse,
} from './vectorStores';

/** Options of one call. @public */
export interface GenaiRequestOptions {
  /** Bearer token; in the browser the injected fetch adds it. */
  token?: string;
  signal?: AbortSignal;
}

/** The REST API of genai-backend. Every call rejects with a `ResponseError` on a non-2xx answer. @public */
export interface GenaiApi {
  getClusters(options?: GenaiRequestOptions): Promise<ClustersResponse>;
  getGpuOverview(
    query?: GpuOverviewQuery,
    options?: GenaiRequestOptions,
  ): Promise<GpuOverview>;
  getGpuNodes(
    query?: GpuNodesQuery,
    options?: GenaiRequestOptions,
  ): Promise<GpuNodesResponse>;
  getGpuAllocations(
    query?: GpuAllocationsQuery,
    options?: GenaiRequestOptions,
  ): Promise<GpuAllocationsResponse>;
  getModelServers(
    query?: ModelServersQuery,
    options?: GenaiRequestOptions,
  ): Promise<ModelServersResponse>;
  getModelServer(
    ref: GenaiObjectRef,
    options?: GenaiRequestOptions,
  ): Promise<ModelServerDetail>;
  /**
   * Asks a running model server; yields the parts of its answer as they arrive. Throws when the stream breaks off. Leaving
   * the loop or aborting the signal ends the question.
   */
  streamChat(
    ref: GenaiObjectRef,
    request: ChatRequest,
    options?: GenaiRequestOptions,
  ): AsyncGenerator<string, void, undefined>;
  getVectorStores(
    query?: VectorStoresQuery,
    options?: GenaiRequestOptions,
  ): Promise<VectorStoresResponse>;
  getVectorStore(
    ref: GenaiObjectRef,
    options?: GenaiRequestOptions,
  ): Promise<VectorStoreDetail>;
  /** What the backend remembers of a store. */
  getVectorStoreHistory(
    ref: GenaiObjectRef,
    options?: GenaiRequestOptions,
  ): Promise<VectorStoreHistory>;
  /** What a RAG service stands on; the ref is that of its Deployment. */
  getRagLineage(
    ref: GenaiObjectRef,
    options?: GenaiRequestOptions,
  ): Promise<RagLineageResponse>;
  getNamespaces(
    query?: NamespacesQuery,
    options?: GenaiRequestOptions,
  ): Promise<NamespacesResponse>;
  getStorageClasses(
    query?: StorageClassesQuery,
    options?: GenaiRequestOptions,
  ): Promise<StorageClassesResponse>;
  getModels(options?: GenaiRequestOptions): Promise<ModelsResponse>;
  /** Asks the Hugging Face hub through the backend. */
  lookupModel(
    query: ModelLookupQuery,
    options?: GenaiRequestOptions,
  ): Promise<ModelLookup>;
  /** With a model, each engine says whether it can serve it. */
  getEngines(
    query?: EnginesQuery,
    options?: GenaiRequestOptions,
  ): Promise<EnginesResponse>;
  planInference(
    request: InferencePlanRequest,
    options?: GenaiRequestOptions,
  ): Promise<InferencePlan>;
  /** Whether the parts of a RAG service go together and are there. */
  planRag(
    request: RagPlanRequest,
    options?: GenaiRequestOptions,
  ): Promise<RagPlan>;
  /** Plans many models at once, each as {@link GenaiApi.planInference} would without further wishes. */
  getModelFits(
    request: ModelFitsRequest,
    options?: GenaiRequestOptions,
  ): Promise<ModelFits>;
}

/**
 * Client of genai-backend for browser and server alike. Answers are read tolerantly: fields it does not know are dropped,
 * so that an older page works with a newer backend.
 *
 * @public
 */
export class GenaiClient implements GenaiApi {
  readonly #discovery: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetch: typeof fetch;

  constructor(options: {
    discovery: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.#discovery = options.discovery;
    this.#fetch = options.fetchApi?.fetch ?? ((...args) => fetch(...args));
  }

  getClusters(options?: GenaiRequestOptions): Promise<ClustersResponse> {
    return this.#get('/v1/clusters', {}, clustersResponseSchema, options);
  }

  getGpuOverview(
    query: GpuOverviewQuery = {},
    options?: GenaiRequestOptions,
  ): Promise<GpuOverview> {
    return this.#get('/v1/gpu-overview', query, gpuOverviewSchema, options);
  }

  getGpuNodes(
    query: GpuNodesQuery = {},
    options?: GenaiRequestOptions,
  ): Promise<GpuNodesResponse> {
    return this.#get('/v1/gpu-nodes', query, gpuNodesResponseSchema, options);
  }

  getGpuAllocations(
    query: GpuAllocationsQuery = {},
    options?: GenaiRequestOptions,
  ): Promise<GpuAllocationsResponse> {
    return this.#get(
      '/v1/gpu-allocations',
      query,
      gpuAllocationsResponseSchema,
      options,
    );
  }

  getModelServers(
    query: ModelServersQuery = {},
    options?: GenaiRequestOptions,
  ): Promise<ModelServersResponse> {
    return this.#get(
      '/v1/model-servers',
      query,
      modelServersResponseSchema,
      options,
    );
  }

  getModelServer(
    ref: GenaiObjectRef,
    options?: GenaiRequestOptions,
  ): Promise<ModelServerDetail> {
    const path = objectPath('/v1/model-servers', ref);
    return this.#get(path, {}, modelServerDetailSchema, options);
  }

  async *streamChat(
    ref: GenaiObjectRef,
    request: ChatRequest,
    options?: GenaiRequestOptions,
  ): AsyncGenerator<string, void, undefined> {
    const response = await this.#send(
      `${objectPath('/v1/model-servers', ref)}/chat`,
      {
        ...options,
        method: 'POST',
        body: JSON.stringify(request),
        accept: 'text/event-stream',
      },
    );
    if (response.body) yield* readChatText(response.body);
  }

  getVectorStores(
    query: VectorStoresQuery = {},
    options?: GenaiRequestOptions,
  ): Promise<VectorStoresResponse> {
    return this.#get(
      '/v1/vector-stores',
      query,
      vectorStoresResponseSchema,
      options,
    );
  }

  getVectorStore(
    ref: GenaiObjectRef,
    options?: GenaiRequestOptions,
  ): Promise<VectorStoreDetail> {
    const path = objectPath('/v1/vector-stores', ref);
    return this.#get(path, {}, vectorStoreDetailSchema, options);
  }

  getVectorStoreHistory(
    ref: GenaiObjectRef,
    options?: GenaiRequestOptions,
  ): Promise<VectorStoreHistory> {
    const path = `${objectPath('/v1/vector-stores', ref)}/history`;
    return this.#get(path, {}, vectorStoreHistorySchema, options);
  }

  getRagLineage(
    ref: GenaiObjectRef,
    options?: GenaiRequestOptions,
  ): Promise<RagLineageResponse> {
    const path = objectPath('/v1/lineage', ref);
    return this.#get(path, {}, ragLineageResponseSchema, options);
  }

  getNamespaces(
    query: NamespacesQuery = {},
    options?: GenaiRequestOptions,
  ): Promise<NamespacesResponse> {
    return this.#get(
      '/v1/namespaces',
      query,
      namespacesResponseSchema,
      options,
    );
  }

  getStorageClasses(
    query: StorageClassesQuery = {},
    options?: GenaiRequestOptions,
  ): Promise<StorageClassesResponse> {
    return this.#get(
      '/v1/storage-classes',
      query,
      storageClassesResponseSchema,
      options,
    );
  }

  getModels(options?: GenaiRequestOptions): Promise<ModelsResponse> {
    return this.#get('/v1/models', {}, modelsResponseSchema, options);
  }

  lookupModel(
    query: ModelLookupQuery,
    options?: GenaiRequestOptions,
  ): Promise<ModelLookup> {
    return this.#get('/v1/models/lookup', query, modelLookupSchema, options);
  }

  getEngines(
    query: EnginesQuery = {},
    options?: GenaiRequestOptions,
  ): Promise<EnginesResponse> {
    return this.#get('/v1/engines', query, enginesResponseSchema, options);
  }

  planInference(
    request: InferencePlanRequest,
    options?: GenaiRequestOptions,
  ): Promise<InferencePlan> {
    return this.#request('/v1/inference-plans', inferencePlanSchema, {
      ...options,
      method: 'POST',
      body: JSON.stringify(request),
    });
  }

  planRag(
    request: RagPlanRequest,
    options?: GenaiRequestOptions,
  ): Promise<RagPlan> {
    return this.#request('/v1/rag-plans', ragPlanSchema, {
      ...options,
      method: 'POST',
      body: JSON.stringify(request),
    });
  }

  getModelFits(
    request: ModelFitsRequest,
    options?: GenaiRequestOptions,
  ): Promise<ModelFits> {
    return this.#request('/v1/model-fits', modelFitsSchema, {
      ...options,
      method: 'POST',
      body: JSON.stringify(request),
    });
  }

  #get<T extends z.ZodType>(
    path: string,
    query: Record<string, string | number | undefined>,
    schema: T,
    options?: GenaiRequestOptions,
  ): Promise<z.infer<T>> {
    return this.#request(withQuery(path, query), schema, options);
  }

  async #request<T extends z.ZodType>(
    path: string,
    schema: T,
    options?: SendOptions,
  ): Promise<z.infer<T>> {
    const response = await this.#send(path, options);
    return schema.parse(await response.json());
  }

  async #send(path: string, options: SendOptions = {}): Promise<Response> {
    const { token, signal, method, body, accept } = options;
    const baseUrl = await this.#discovery.getBaseUrl('genai');
    const response = await this.#fetch(`${baseUrl}${path}`, {
      method,
      body,
      signal,
      headers: {
        Accept: accept ?? 'application/json',
        ...(body ? { 'Content-Type': 'application/json' } : {}),
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}

interface SendOptions extends GenaiRequestOptions {
  method?: string;
  body?: string;
  accept?: string;
}
