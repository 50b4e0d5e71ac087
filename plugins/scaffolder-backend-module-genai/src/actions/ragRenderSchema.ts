import type { TemplateActionOptions } from '@backstage/plugin-scaffolder-node';

type Fields = NonNullable<
  NonNullable<TemplateActionOptions['schema']>['input']
>;

/** The scaffolder's own zod, which is not ours. */
type Z = Parameters<Fields[string]>[0];

const text = (description: string) => (z: Z) =>
  z.string().optional().describe(description);
const part = (description: string) => (z: Z) =>
  z.record(z.any()).optional().describe(description);

/** The parts that plan and render of a RAG service take alike. Ranges and forms are checked by the spec's own schema. */
export const ragParts = {
  form: part(
    'All of these at once, as the parameters of a template; inputs beside it go first',
  ),
  target: part('cluster and namespace, as GenaiTargetPicker gives them'),
  store: part(
    'kind (chroma, pgvector, milvus), collection, and either url (Chroma, Milvus), secret (pgvector: name or name/key of the Secret with the connection string) or create with replicas, size, storageClassName; entityRef and namespace of one that exists',
  ),
  embedding: part(
    'model, dimension, maxTokens, api (tei, openai), and either url or create: true for a server of Text Embeddings Inference; secret (name or name/key) with its key',
  ),
  llm: part(
    'model, contextTokens, and either url with /v1 and secret (name or name/key of the Secret with its key), or create: true for a server as genai:inference:render makes one, with engine, accelerator, replicas, storage, size and tokenSecret; maxAnswerTokens, entityRef',
  ),
  history: part(
    'mode None, Create (PostgreSQL on CloudNativePG; instances, size) or Existing (secret: name or name/key); retentionDays, messages',
  ),
  retrieval: part('chunkTokens, chunkOverlapTokens, topK, minScore'),
};

/** What `genai:rag:render` takes. */
export const renderInput = {
  specPath: text(
    'Existing rag.yaml in the workspace, or its folder, to render again; all other inputs but targetPath are then refused',
  ),
  targetPath: text('Folder in the workspace to write to'),
  name: text('Of the service, 2 to 44 characters'),
  description: text('One sentence'),
  owner: text('Full ref of a Group'),
  system: text('Full ref of a System'),
  framework: text('langchain, llama-index or langchain-js'),
  image: text(
    "Image of the service with tag or digest; by default that of the repository's registry with the tag 0.1.0",
  ),
  imagePullSecret: text('Secret for a registry that asks for a login'),
  repoUrl: text('Repository, for the image'),
  replicas: (z: Z) => z.number().int().optional().describe('Default 2'),
  ...ragParts,
  sources: (z: Z) =>
    z
      .array(z.string())
      .optional()
      .describe('Folders of the image, web pages, git repositories'),
  schedule: text('Cron with five fields for ingestion; absent: the first only'),
  apiKeySecret: text(
    'Secret (name or name/key) with the key that callers must send',
  ),
  clients: (z: Z) =>
    z
      .array(z.string())
      .optional()
      .describe('Other namespaces whose pods may call the service'),
  monitoringLabels: (z: Z) =>
    z
      .record(z.string())
      .optional()
      .describe('Labels of a ServiceMonitor, which is made with them'),
  embeddingChoice: (z: Z) =>
    z
      .any()
      .optional()
      .describe('Output "embeddingChoice" of genai:rag:plan, with create'),
  llmChoice: (z: Z) =>
    z
      .any()
      .optional()
      .describe('Output "llmChoice" of genai:rag:plan, with create'),
  delivery: (z: Z) =>
    z
      .any()
      .optional()
      .describe(
        'None (default), Flux, ArgoCD, or a map with kind (FluxKustomization, ArgoApplication) and its settings',
      ),
  gitUrl: text(
    'Address at which Flux or Argo CD find the repository, as the filter repositoryGitUrl gives it',
  ),
  techdocs: (z: Z) => z.boolean().optional(),
};

/** What `genai:rag:render` gives. */
export const renderOutput = {
  manifests: (z: Z) =>
    z
      .array(z.any())
      .describe(
        'All objects, for genai:manifests:validate; those of a delivery last',
      ),
  toApply: (z: Z) =>
    z
      .array(z.any())
      .describe(
        'What the portal applies: the objects, or with a delivery only its own, which bring the others',
      ),
  changes: (z: Z) =>
    z
      .array(z.any())
      .optional()
      .describe('What became of each file, where one is rendered again'),
  removed: (z: Z) =>
    z
      .array(z.string())
      .describe('Rendered files that are no longer part of the service'),
  files: (z: Z) => z.array(z.string()).describe('Paths that were written'),
  notices: (z: Z) => z.array(z.any()).describe('What to know of the service'),
  service: (z: Z) =>
    z.any().describe('The service as its skeleton knows it, without secrets'),
  endpoint: (z: Z) => z.string(),
  entityRef: (z: Z) => z.string(),
};
