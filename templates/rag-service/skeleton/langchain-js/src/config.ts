import { ServiceFault } from './faults.ts';

/** What the chosen vector store demands of the configuration; each store module has one. */
export interface StoreRules {
  urlVariable: string;
  urlSchemes: string[];
  maxDimension?: number;
}

export type Settings = ReturnType<typeof loadSettings>;

// The strictest of the stores (Milvus) allows letters, digits and underscores; Chroma wants three or more.
const COLLECTION_NAME = /^[a-z][a-z0-9_]{2,47}$/;
const WEB = ['http', 'https'];

type Environment = Record<string, string | undefined>;

/** Readers of single variables, which gather what is wrong, so that one start tells everything. */
function reader(env: Environment) {
  const faults: string[] = [];
  const given = (name: string) => env[name]?.trim() || undefined;

  const text = (name: string, fallback?: string): string => {
    const value = given(name) ?? fallback;
    if (value === undefined) faults.push(`${name} is not set`);
    return value ?? '';
  };

  const number = (
    name: string,
    fallback: number | undefined,
    [low, high]: [number, number],
    { whole = true } = {},
  ): number => {
    const value = given(name);
    if (value === undefined) {
      if (fallback === undefined) faults.push(`${name} is not set`);
      return fallback ?? low;
    }
    const parsed = Number(value);
    if ((whole ? Number.isInteger(parsed) : Number.isFinite(parsed)) && parsed >= low && parsed <= high)
      return parsed;
    faults.push(`${name} must be a number from ${low} to ${high}, not '${value}'`);
    return low;
  };

  const url = (name: string, schemes: string[], { required = true } = {}): string | undefined => {
    const value = given(name);
    if (value === undefined) {
      if (required) faults.push(`${name} is not set`);
      return undefined;
    }
    const parsed = URL.canParse(value) ? new URL(value) : undefined;
    if (!parsed?.hostname || !schemes.includes(parsed.protocol.slice(0, -1))) {
      // The value may carry a password, so it is not repeated.
      faults.push(`${name} must be a URL that starts with ${schemes.map(s => `${s}://`).join(' or ')}`);
    }
    return value.replace(/\/+$/, '');
  };

  const choice = <T extends string>(name: string, options: readonly T[]): T => {
    const value = given(name) ?? options[0];
    const known = options.find(option => option === value);
    if (!known) faults.push(`${name} must be one of ${options.join(', ')}, not '${value}'`);
    return known ?? options[0]!;
  };

  return { faults, given, text, number, url, choice };
}

/** Reads and checks all variables; throws ConfigurationInvalid with every fault found. docs/configuration.md explains them. */
export function loadSettings(env: Environment, rules: StoreRules) {
  const read = reader(env);
  const collection = read.text('COLLECTION');
  if (collection && !COLLECTION_NAME.test(collection)) {
    read.faults.push(
      `COLLECTION must be 3 to 48 lower-case letters, digits and underscores and start with a letter, not '${collection}'`,
    );
  }
  const embedding = {
    url: read.url('EMBEDDING_URL', WEB) ?? '',
    /** tei: POST /embed, never cut silently; openai: POST /embeddings. */
    api: read.choice('EMBEDDING_API', ['tei', 'openai'] as const),
    model: read.text('EMBEDDING_MODEL'),
    dimension: read.number('EMBEDDING_DIMENSION', undefined, [1, 32768]),
    maxTokens: read.number('EMBEDDING_MAX_TOKENS', 512, [32, 131072]),
    batchSize: read.number('EMBEDDING_BATCH_SIZE', 32, [1, 1024]),
    concurrency: read.number('EMBEDDING_CONCURRENCY', 2, [1, 32]),
    timeoutSeconds: read.number('EMBEDDING_TIMEOUT_SECONDS', 30, [0.1, 600], { whole: false }),
    queryPrefix: env.EMBEDDING_QUERY_PREFIX ?? '',
    passagePrefix: env.EMBEDDING_PASSAGE_PREFIX ?? '',
    apiKey: read.given('EMBEDDING_API_KEY'),
  };
  const llm = {
    url: read.url('LLM_URL', WEB) ?? '',
    model: read.text('LLM_MODEL'),
    contextTokens: read.number('LLM_CONTEXT_TOKENS', 8192, [512, 10_000_000]),
    maxAnswerTokens: read.number('LLM_MAX_ANSWER_TOKENS', 1024, [16, 1_000_000]),
    temperature: read.number('LLM_TEMPERATURE', 0.1, [0, 2], { whole: false }),
    timeoutSeconds: read.number('LLM_TIMEOUT_SECONDS', 60, [0.1, 3600], { whole: false }),
    retries: read.number('LLM_RETRIES', 2, [0, 10]),
    apiKey: read.given('LLM_API_KEY'),
  };
  const chunkTokens = read.number('CHUNK_TOKENS', Math.min(400, embedding.maxTokens - 16), [16, 8192]);
  const settings = {
    serviceName: read.text('SERVICE_NAME', 'rag-service'),
    collection,
    storeUrl: read.url(rules.urlVariable, rules.urlSchemes) ?? '',
    storeToken: read.given('STORE_TOKEN'),
    storeTimeoutSeconds: read.number('STORE_TIMEOUT_SECONDS', 10, [0.1, 600], { whole: false }),
    embedding,
    llm,
    history: {
      url: read.url('HISTORY_URL', ['postgresql', 'postgres'], { required: false }),
      retentionDays: read.number('HISTORY_RETENTION_DAYS', 30, [1, 3650]),
      messages: read.number('HISTORY_MESSAGES', 10, [0, 200]),
    },
    sources: (env.SOURCES ?? '').split(/[,\s]+/).filter(Boolean),
    chunkTokens,
    chunkOverlapTokens: read.number('CHUNK_OVERLAP_TOKENS', Math.floor(chunkTokens / 10), [0, 4096]),
    maxDocumentMb: read.number('MAX_DOCUMENT_MB', 256, [1, 4096]),
    topK: read.number('TOP_K', 5, [1, 100]),
    minScore: read.number('MIN_SCORE', 0, [-1, 1], { whole: false }),
    host: read.text('HOST', '0.0.0.0'),
    port: read.number('PORT', 8080, [1, 65535]),
    apiKey: read.given('API_KEY'),
  };
  const { faults } = read;
  // Values that are fine alone and cannot work together.
  if (chunkTokens > embedding.maxTokens) {
    faults.push(
      `CHUNK_TOKENS (${chunkTokens}) must not be over EMBEDDING_MAX_TOKENS (${embedding.maxTokens}): ` +
        'the model would not read the end of a chunk',
    );
  }
  if (settings.chunkOverlapTokens * 2 > chunkTokens)
    faults.push('CHUNK_OVERLAP_TOKENS must be at most half of CHUNK_TOKENS');
  if (llm.maxAnswerTokens * 2 > llm.contextTokens)
    faults.push('LLM_MAX_ANSWER_TOKENS must leave half of LLM_CONTEXT_TOKENS for the prompt');
  if (rules.maxDimension && embedding.dimension > rules.maxDimension) {
    faults.push(
      `EMBEDDING_DIMENSION (${embedding.dimension}) is over ${rules.maxDimension}, the most that this vector store can index`,
    );
  }
  if (faults.length > 0) {
    const list = faults.map(fault => `- ${fault}`).join('\n');
    throw new ServiceFault('ConfigurationInvalid', `The configuration is not valid:\n${list}`);
  }
  return settings;
}
