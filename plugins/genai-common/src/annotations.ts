/**
 * The one prefix of every label and annotation that Promptside writes or reads.
 * Writer (manifest builders) and reader (live state) take their keys from here, so they cannot drift apart.
 *
 * @public
 */
export const PROMPTSIDE_PREFIX = 'promptside.io/';

/**
 * Annotations on Kubernetes objects and catalog entities.
 *
 * @public
 */
export const ANNOTATIONS = {
  /** Hugging Face id of the served model, e.g. `google/gemma-2-9b-it`. */
  model: `${PROMPTSIDE_PREFIX}model`,
  /** Pinned revision of the model: a 40-digit commit. */
  modelRevision: `${PROMPTSIDE_PREFIX}model-revision`,
  /** Name under which clients ask for the model, where neither image nor command tells it. */
  servedModel: `${PROMPTSIDE_PREFIX}served-model`,
  /** Digest of configuration files that pods read only at their start, so that a change replaces the pods. */
  configDigest: `${PROMPTSIDE_PREFIX}config-digest`,
  /** Full entity ref of the catalog entity a workload belongs to, e.g. `component:default/chat-llm`. */
  entityRef: `${PROMPTSIDE_PREFIX}entity-ref`,
  /** Full entity ref of the owning Group, on a workload or a Namespace. */
  owner: `${PROMPTSIDE_PREFIX}owner`,
  /** Name of the cluster (as in the Kubernetes plugin's configuration) an entity runs on. */
  cluster: `${PROMPTSIDE_PREFIX}cluster`,
  /** Namespace an entity runs in. */
  namespace: `${PROMPTSIDE_PREFIX}namespace`,
  /** Name of the workload object behind a model-server entity. */
  modelServer: `${PROMPTSIDE_PREFIX}model-server`,
  /** Name of the workload object behind a vector-store entity. */
  vectorStore: `${PROMPTSIDE_PREFIX}vector-store`,
  /** Collection or table that a RAG service searches. */
  collection: `${PROMPTSIDE_PREFIX}collection`,
  /** Engine of a RAG service's vector store, e.g. `pgvector`. */
  storeEngine: `${PROMPTSIDE_PREFIX}store-engine`,
  /** Address of a RAG service's vector store without credentials: `host:port` or a URL. */
  storeEndpoint: `${PROMPTSIDE_PREFIX}store-endpoint`,
  /** `namespace/name` of a RAG service's vector store, where its address does not tell it. */
  storeName: `${PROMPTSIDE_PREFIX}store-name`,
  /** Name of the model that makes a RAG service's vectors. */
  embeddingModel: `${PROMPTSIDE_PREFIX}embedding-model`,
  /** Length of its vectors. */
  embeddingDimension: `${PROMPTSIDE_PREFIX}embedding-dimension`,
  embeddingEndpoint: `${PROMPTSIDE_PREFIX}embedding-endpoint`,
  /** Name under which the model of a RAG service's answers is asked for. */
  llmModel: `${PROMPTSIDE_PREFIX}llm-model`,
  llmEndpoint: `${PROMPTSIDE_PREFIX}llm-endpoint`,
  /** Name of the workload object behind a rag-service entity. */
  ragService: `${PROMPTSIDE_PREFIX}rag-service`,
  /** Version of the golden path that rendered the object. */
  goldenPath: `${PROMPTSIDE_PREFIX}golden-path`,
  /** On a StorageClass: `true` or `false`, whether its volumes can be `ReadWriteMany`; what the provisioner alone does not tell. */
  readWriteMany: `${PROMPTSIDE_PREFIX}read-write-many`,
  /** Set to `true` on objects of a simulated cluster; the portal then says so on screen. */
  simulated: `${PROMPTSIDE_PREFIX}simulated`,
} as const;

/**
 * Labels on Kubernetes objects. Values obey the label syntax, so they carry names and never ids with slashes.
 *
 * @public
 */
export const LABELS = {
  /** What the object is for: `inference`, `embedding`, `rag`, `vector-store`. */
  purpose: `${PROMPTSIDE_PREFIX}purpose`,
  /** Serving runtime, e.g. `vllm`. */
  runtime: `${PROMPTSIDE_PREFIX}serving-runtime`,
  /** Shared with the Kubernetes plugin of Backstage. */
  kubernetesId: 'backstage.io/kubernetes-id',
  name: 'app.kubernetes.io/name',
  queue: 'kueue.x-k8s.io/queue-name',
  instance: 'app.kubernetes.io/instance',
  component: 'app.kubernetes.io/component',
  partOf: 'app.kubernetes.io/part-of',
  managedBy: 'app.kubernetes.io/managed-by',
  version: 'app.kubernetes.io/version',
} as const;

/**
 * Value of `app.kubernetes.io/component` on the Job that brings weights into a shared volume, and on its pods.
 *
 * @public
 */
export const DOWNLOAD_COMPONENT = 'model-download';

/**
 * Value of `app.kubernetes.io/managed-by` and the field manager of server-side apply.
 *
 * @public
 */
export const MANAGED_BY = 'promptside';

/**
 * Annotations of Backstage's Kubernetes plugin that we write on entities and read from them.
 *
 * @public
 */
export const KUBERNETES_ANNOTATIONS = {
  id: 'backstage.io/kubernetes-id',
  namespace: 'backstage.io/kubernetes-namespace',
  cluster: 'backstage.io/kubernetes-cluster',
  labelSelector: 'backstage.io/kubernetes-label-selector',
} as const;

/**
 * `spec.type` of the catalog entities, following the convention of the Red Hat AI plugins.
 *
 * @public
 */
export const ENTITY_TYPES = {
  modelServer: 'model-server',
  aiModel: 'ai-model',
  vectorStore: 'vector-store',
  ragService: 'rag-service',
} as const;
