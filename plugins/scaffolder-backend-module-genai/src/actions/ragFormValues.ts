import type {
  Model,
  SecretKey,
} from '@promptside/backstage-plugin-genai-common';

/** What a form knows of the language model; beside the address of one that exists, what a server to be made is made of. */
export interface RagLlmFormValues {
  url?: string;
  /** As requests name it, or the Hugging Face id with `create`. */
  model: string;
  contextTokens: number;
  maxAnswerTokens?: number;
  /** `name` or `name/key` of the Secret with the key of the API. */
  secret?: string;
  entityRef?: string;
  create?: boolean;
  engine?: string;
  /** What the plan was narrowed to. */
  accelerator?: object;
  replicas?: number;
  storage?: { mode?: string; className?: string };
  /** Of the cache; by default what the model's weights take. */
  size?: string;
  /** Name of the Secret with the hub's token in the key `HF_TOKEN`. */
  tokenSecret?: string;
}

/** What a form knows about the service to be. Texts may be empty, which means absent. */
export interface RagFormValues {
  name: string;
  description?: string;
  owner: string;
  system?: string;
  framework: string;
  /** Image of the service; by default the repository's, at its host's registry. */
  image?: string;
  imagePullSecret?: string;
  repoUrl?: string;
  target?: { cluster?: string; namespace?: string };
  replicas?: number;
  store: {
    kind: string;
    /** By default from the name. */
    collection?: string;
    url?: string;
    /** `name` or `name/key` of the Secret with the connection string of PostgreSQL. */
    secret?: string;
    tokenSecret?: string;
    entityRef?: string;
    namespace?: string;
    create?: boolean;
    replicas?: number;
    size?: string;
    storageClassName?: string;
  };
  embedding: {
    model: string;
    dimension: number;
    maxTokens: number;
    api?: string;
    url?: string;
    secret?: string;
    entityRef?: string;
    queryPrefix?: string;
    passagePrefix?: string;
    create?: boolean;
    size?: string;
    storageClassName?: string;
    tokenSecret?: string;
  };
  llm: RagLlmFormValues;
  history?: {
    mode?: string;
    secret?: string;
    instances?: number;
    size?: string;
    storageClassName?: string;
    retentionDays?: number;
    messages?: number;
  };
  sources?: string[];
  schedule?: string;
  retrieval?: {
    chunkTokens?: number;
    chunkOverlapTokens?: number;
    topK?: number;
    minScore?: number;
  };
  apiKeySecret?: string;
  clients?: string[];
  monitoringLabels?: Record<string, string>;
  /** Output `embeddingChoice` of `genai:rag:plan`. */
  embeddingChoice?: unknown;
  /** `Flux` or `ArgoCD`, or a map with `kind` and its settings; the address of the repository comes with it. */
  delivery?: unknown;
  /** Address at which Git finds the repository, for a delivery that names none. */
  gitUrl?: string;
  targetPath?: string;
  /** Output `llmChoice` of `genai:rag:plan`. */
  llmChoice?: unknown;
}

/** Facts of the models of a service, where the catalog has them. */
export interface RagModels {
  embedding?: Model;
  llm?: Model;
}

/** Empty texts and fields that no one filled in are absent; other empty values stay for the schema to refuse. */
export function given<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => value !== undefined && value !== null && value !== '',
    ),
  ) as Partial<T>;
}

/** `name` or `name/key`. */
export function secretOf(
  text: string | undefined,
  defaultKey: string,
): SecretKey | undefined {
  if (!text) return undefined;
  const [name, ...key] = text.split('/');
  return { name, key: key.length > 0 ? key.join('/') : defaultKey };
}
