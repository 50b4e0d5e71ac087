import type {
  Model,
  PlanReason,
  RagSpec,
} from '@promptside/backstage-plugin-genai-common';
import { formatCount } from '../../sizing/format';
import { pgvectorColumnFor } from '../../vectorStores';
import { cronIntervalMs } from '../../vectorStores/cronIntervalMs';

/** What the service takes where the spec says nothing; see docs/configuration.md of its repository. */
const DEFAULTS = {
  chunkTokens: 400,
  topK: 5,
  maxAnswerTokens: 1024,
  historyMessages: 10,
} as const;

/** tokens: the service's rules around the passages, and a question of a few sentences */
const PROMPT_TOKENS = 300;

/** tokens: what a passage's number, title and source add to it */
const PASSAGE_HEAD_TOKENS = 30;

/** tokens: a question or an answer of usual length */
const HISTORY_MESSAGE_TOKENS = 100;

/** Milvus keeps no longer vectors. */
const MILVUS_DIMENSION_LIMIT = 32_768;

/** The parts of a spec that decide whether its numbers go together. @public */
export type RagNumbers = Pick<RagSpec['spec'], 'retrieval'> & {
  store: Pick<RagSpec['spec']['store'], 'kind' | 'create'>;
  embedding: Pick<
    RagSpec['spec']['embedding'],
    'model' | 'dimension' | 'maxTokens'
  >;
  llm: Pick<RagSpec['spec']['llm'], 'contextTokens' | 'maxAnswerTokens'>;
  history?: Pick<
    NonNullable<RagSpec['spec']['history']>,
    'create' | 'messages'
  >;
  ingest?: Pick<RagSpec['spec']['ingest'], 'schedule'>;
};

type Severity = PlanReason['severity'];

const reason = (
  severity: Severity,
  code: string,
  field: string,
  message: string,
): PlanReason => ({ code, field, severity, message });

/**
 * What is to be said of a service's numbers: dimension against store and model, chunk against the embedding model, passages, history
 * and answer against the language model's context. With a `Blocking` one it would not work.
 *
 * @param model - facts of the embedding model, where the catalog has it
 * @public
 */
export function ragLimits(
  spec: RagNumbers,
  model: Model | undefined,
): PlanReason[] {
  return [
    ...storeLimits(spec),
    ...modelLimits(spec, model),
    ...contextLimits(spec),
    ...historyLimits(spec),
    ...scheduleLimits(spec),
  ];
}

function storeLimits({ store, embedding }: RagNumbers): PlanReason[] {
  const { dimension } = embedding;
  const { kind, create } = store;
  const reasons: PlanReason[] = [];
  if (kind === 'pgvector') {
    const column = pgvectorColumnFor(dimension);
    if (!column?.indexable) {
      reasons.push(
        reason(
          'Blocking',
          'DimensionNotIndexable',
          'embedding.dimension',
          `pgvector indexes at most ${formatCount(4000)} dimensions and the model has ${formatCount(dimension)}: every question would read the whole table. Choose a smaller model, or Milvus`,
        ),
      );
    } else if (column.notice) {
      reasons.push(
        reason('Info', 'HalfPrecision', 'embedding.dimension', column.notice),
      );
    }
  }
  if (kind === 'milvus' && dimension > MILVUS_DIMENSION_LIMIT) {
    reasons.push(
      reason(
        'Blocking',
        'DimensionNotIndexable',
        'embedding.dimension',
        `Milvus keeps at most ${formatCount(MILVUS_DIMENSION_LIMIT)} dimensions`,
      ),
    );
  }
  if (kind === 'chroma' && create && create.replicas > 1) {
    reasons.push(
      reason(
        'Blocking',
        'SingleWriter',
        'store.create.replicas',
        `Chroma does not replicate: ${create.replicas} replicas would be as many stores with different contents. Take one, or pgvector or Milvus`,
      ),
    );
  }
  if (create && create.replicas === 1) {
    reasons.push(
      reason(
        kind === 'chroma' ? 'Info' : 'Warning',
        'SingleInstance',
        'store.create.replicas',
        'The store has one instance: while its node is away nobody gets an answer',
      ),
    );
  }
  return reasons;
}

function modelLimits(
  { embedding, retrieval }: RagNumbers,
  model: Model | undefined,
): PlanReason[] {
  const { dimension, maxTokens } = embedding;
  const reasons: PlanReason[] = [];
  const real = model?.embeddingDimension;
  if (real !== undefined && real !== dimension) {
    reasons.push(
      reason(
        'Blocking',
        'DimensionMismatch',
        'embedding.dimension',
        `${model!.id} makes vectors of ${formatCount(real)} dimensions, not ${formatCount(dimension)}`,
      ),
    );
  }
  if (model && maxTokens > model.contextLength) {
    reasons.push(
      reason(
        'Blocking',
        'ChunkNotRead',
        'embedding.maxTokens',
        `${model.id} reads ${formatCount(model.contextLength)} tokens, not ${formatCount(maxTokens)}: the ends of chunks would be lost`,
      ),
    );
  }
  const { chunkTokens } = retrieval ?? {};
  if (chunkTokens !== undefined && chunkTokens > maxTokens) {
    reasons.push(
      reason(
        'Blocking',
        'ChunkNotRead',
        'retrieval.chunkTokens',
        `chunks of ${formatCount(chunkTokens)} tokens are longer than the ${formatCount(maxTokens)} that the embedding model reads: their ends would never be found`,
      ),
    );
  }
  const overlap = retrieval?.chunkOverlapTokens;
  const chunk = chunkOf({ embedding, retrieval });
  if (overlap !== undefined && overlap * 2 > chunk) {
    reasons.push(
      reason(
        'Blocking',
        'OverlapTooLong',
        'retrieval.chunkOverlapTokens',
        `neighbouring chunks of ${formatCount(chunk)} tokens may share half of that at most, not ${formatCount(overlap)}`,
      ),
    );
  }
  return reasons;
}

/** tokens; by default as the service cuts */
function chunkOf({
  embedding,
  retrieval,
}: Pick<RagNumbers, 'embedding' | 'retrieval'>): number {
  return (
    retrieval?.chunkTokens ??
    Math.min(DEFAULTS.chunkTokens, embedding.maxTokens - 16)
  );
}

function contextLimits({
  embedding,
  llm,
  retrieval,
  history,
}: RagNumbers): PlanReason[] {
  const chunk = chunkOf({ embedding, retrieval });
  const topK = retrieval?.topK ?? DEFAULTS.topK;
  const answer = llm.maxAnswerTokens ?? DEFAULTS.maxAnswerTokens;
  const { contextTokens } = llm;
  if (answer * 2 > contextTokens) {
    return [
      reason(
        'Blocking',
        'AnswerTooLong',
        'llm.maxAnswerTokens',
        `answers of ${formatCount(answer)} tokens must leave half of the context of ${formatCount(contextTokens)} for the prompt`,
      ),
    ];
  }
  const passages = topK * (chunk + PASSAGE_HEAD_TOKENS);
  const needed = passages + PROMPT_TOKENS + answer;
  const sum = `${topK} passages of ${formatCount(chunk)} tokens, the question and an answer of ${formatCount(answer)} need about ${formatCount(needed)} tokens`;
  if (needed > contextTokens) {
    return [
      reason(
        'Blocking',
        'ContextTooShort',
        'llm.contextTokens',
        `${sum}; the language model has ${formatCount(contextTokens)}. Take fewer or shorter passages, a shorter answer, or a model with more context`,
      ),
    ];
  }
  const messages = history ? (history.messages ?? DEFAULTS.historyMessages) : 0;
  const remembered = messages * HISTORY_MESSAGE_TOKENS;
  return needed + remembered > contextTokens
    ? [
        reason(
          'Warning',
          'HistoryCut',
          'history.messages',
          `${sum}, so that of the context of ${formatCount(contextTokens)} about ${formatCount(contextTokens - needed)} are left for the last ${messages} messages: the oldest are forgotten sooner`,
        ),
      ]
    : [];
}

function historyLimits({ history }: RagNumbers): PlanReason[] {
  return history?.create?.instances === 1
    ? [
        reason(
          'Warning',
          'SingleInstance',
          'history.create.instances',
          'PostgreSQL of the history has one instance: while its node is away the service answers without memory',
        ),
      ]
    : [];
}

/** Five fields as Kubernetes reads them; ours are read with seconds in front. */
function scheduleLimits({ ingest }: RagNumbers): PlanReason[] {
  const { schedule } = ingest ?? {};
  if (schedule === undefined || cronIntervalMs(`0 ${schedule}`) !== undefined) {
    return [];
  }
  return [
    reason(
      'Blocking',
      'NeverRuns',
      'schedule',
      `"${schedule}" never comes: write minute, hour, day, month and weekday, such as "0 3 * * *" for three o'clock every night (UTC)`,
    ),
  ];
}
