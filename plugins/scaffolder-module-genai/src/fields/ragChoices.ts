import type {
  Model,
  ModelServer,
  VectorStore,
} from '@promptside/backstage-plugin-genai-common';
import type { GenaiAccelerator } from './formValues';

/** tokens; enough for the passages, a question and its answer */
const NEW_CONTEXT_TOKENS = 8192;

/** Value of `GenaiVectorStorePicker`, as `genai:rag:plan` and `genai:rag:render` take it. */
export interface RagStoreValue {
  kind?: string;
  url?: string;
  /** `name` or `name/key` of the Secret with the address of PostgreSQL. */
  secret?: string;
  namespace?: string;
  entityRef?: string;
  create?: boolean;
}

/** Value of `GenaiModelServerPicker`; an embedding model has `dimension` and `maxTokens`, a language model `contextTokens`. */
export interface RagModelValue {
  url?: string;
  api?: string;
  model?: string;
  entityRef?: string;
  create?: boolean;
  dimension?: number;
  maxTokens?: number;
  contextTokens?: number;
  /** `name` or `name/key` of the Secret with the key of the API. */
  secret?: string;
  /** Of a language model that is to be made, as the inference path takes them. */
  engine?: string;
  accelerator?: Partial<GenaiAccelerator>;
  replicas?: number;
  tokenSecret?: string;
}

/** What a picker offers: a key for the menu, words, and the value that it stands for. */
export interface RagChoice<T> {
  key: string;
  label: string;
  value: T;
}

const KINDS: readonly [string, string][] = [
  ['chroma', 'Chroma'],
  ['pgvector', 'pgvector on PostgreSQL'],
  ['milvus', 'Milvus'],
];

const withScheme = (endpoint: string) =>
  /^[a-z]+:\/\//.test(endpoint) ? endpoint : `http://${endpoint}`;

/** Stores of a cluster that a RAG service can stand on, then new ones, then those at an address that somebody knows. */
export function storeChoices(
  stores: readonly VectorStore[],
): RagChoice<RagStoreValue>[] {
  const live = stores.flatMap((store): RagChoice<RagStoreValue>[] => {
    const { engine, endpoint, namespace, name, state, entityRef } = store;
    const isSql = engine === 'pgvector';
    if (!KINDS.some(([kind]) => kind === engine) || (!endpoint && !isSql)) {
      return [];
    }
    return [
      {
        key: `${namespace}/${name}`,
        label: `${name} in ${namespace} (${engine}, ${state})`,
        value: {
          kind: engine,
          // CloudNativePG keeps the address of PostgreSQL in a Secret of this name.
          ...(isSql
            ? { secret: `${name}-app` }
            : { url: withScheme(endpoint!) }),
          namespace,
          ...(entityRef ? { entityRef } : {}),
        },
      },
    ];
  });
  return [
    ...live,
    ...KINDS.map(([kind, title]) => ({
      key: `new ${kind}`,
      label: `Make a new ${title}`,
      value: { kind, create: true },
    })),
    ...KINDS.map(([kind, title]) => ({
      key: `other ${kind}`,
      label: `Another ${title}`,
      value: { kind },
    })),
  ];
}

/** Model servers of a cluster with an OpenAI-compatible API, or servers of embeddings, then new ones, then those at an address that somebody knows. */
export function serverChoices(
  task: 'embedding' | 'llm',
  servers: readonly ModelServer[],
  models: readonly Model[],
): RagChoice<RagModelValue>[] {
  const live = servers.flatMap((server): RagChoice<RagModelValue>[] => {
    const { endpoint, model, namespace, name, state, entityRef } = server;
    const served = model?.servedName ?? model?.id;
    if (!endpoint || !served) return [];
    const facts = models.find(
      ({ id }) => id.toLowerCase() === model?.id?.toLowerCase(),
    );
    const embeds = server.runtime === 'tei' || facts?.task === 'embedding';
    if (embeds !== (task === 'embedding')) return [];
    return [
      {
        key: `${namespace}/${name}`,
        label: `${served}: ${name} in ${namespace} (${state})`,
        value: {
          ...factsOf(task, facts),
          ...addressOf(task, server, endpoint.url),
          model: served,
          ...(entityRef ? { entityRef } : {}),
        },
      },
    ];
  });
  return [
    ...live,
    ...(task === 'embedding'
      ? models
          .filter(model => model.task === 'embedding')
          .map(model => ({
            key: `new ${model.id}`,
            label: `Make a new server of ${model.title}`,
            value: {
              ...factsOf(task, model),
              api: 'tei',
              model: model.id,
              create: true,
            },
          }))
      : [
          {
            key: 'new',
            label: 'Make a new model server',
            value: {
              create: true,
              engine: 'vllm',
              replicas: 1,
              contextTokens: NEW_CONTEXT_TOKENS,
            },
          },
        ]),
    ...otherServers(task),
  ];
}

function otherServers(task: 'embedding' | 'llm'): RagChoice<RagModelValue>[] {
  const openai = {
    key: 'other openai',
    label: 'Another OpenAI-compatible endpoint',
    value: { api: 'openai' },
  };
  return task === 'llm'
    ? [openai]
    : [
        {
          key: 'other tei',
          label: 'Another Text Embeddings Inference',
          value: { api: 'tei' },
        },
        openai,
      ];
}

/** TEI has an API of its own beside OpenAI's; the golden path's services ask by that. */
function addressOf(
  task: 'embedding' | 'llm',
  { runtime }: ModelServer,
  url: string,
): RagModelValue {
  if (task === 'llm') return { url };
  return runtime === 'tei'
    ? { url: url.replace(/\/v1$/, ''), api: 'tei' }
    : { url, api: 'openai' };
}

function factsOf(
  task: 'embedding' | 'llm',
  model: Model | undefined,
): RagModelValue {
  if (!model) return {};
  const { contextLength, embeddingDimension } = model;
  if (task === 'llm') return { contextTokens: contextLength };
  return {
    maxTokens: contextLength,
    ...(embeddingDimension ? { dimension: embeddingDimension } : {}),
  };
}
