import { layerTokenBytes } from './cacheLayers';
import {
  BLOCK_TOKENS,
  kvElementBytes,
  sequenceBytes,
  type KvCacheDtype,
} from './kvCache';
import type { CacheLayers } from './PlannedModel';

/** What is left for the cache on each GPU, and how the engine deals it out. */
export interface PoolQuestion {
  layers: readonly CacheLayers[];
  tensorParallelSize: number;
  kvCacheDtype: KvCacheDtype;
  /** Bytes on each GPU; negative counts as none. */
  poolBytes: number;
  /** tokens */
  contextLength: number;
  /** tokens; the longest that the model knows */
  longestContext: number;
  /**
   * `Grouped`: layers of several kinds take blocks of one size from one pool (vLLM). `Exact`: each kind has what it needs
   * (SGLang, llama.cpp).
   */
  dealing: 'Grouped' | 'Exact';
  /** Tokens of one step: they are in the cache besides the window while they are computed. */
  stepTokens: number;
  /** How the pool is told where a token has no fixed price: sequences x context, or tokens of one kind of layers. */
  told: 'ByConcurrency' | 'ByBlocks';
}

/** What the pool holds. */
export interface Pool {
  tokens: number;
  /** Sequences of the asked context. */
  concurrencyRatio: number;
  /** Longest single sequence; tokens. */
  longestContext: number;
  /** One sequence of the asked context as the engine reserves it, on each GPU. Bytes. */
  sequenceBytes: number;
}

/** How many tokens, sequences, and how long a sequence the bytes hold. */
export function kvPool(question: PoolQuestion): Pool {
  const { layers, dealing } = question;
  const pool = Math.max(0, question.poolBytes);
  if (layers.every(({ kind }) => kind === 'full')) {
    return evenPool(question, pool);
  }
  return dealing === 'Grouped'
    ? groupedPool(question, pool)
    : exactPool(question, pool);
}

/** Every layer keeps every token: a token has a price. */
function evenPool(question: PoolQuestion, pool: number): Pool {
  const { layers, contextLength, longestContext } = question;
  const element = kvElementBytes(question.kvCacheDtype);
  const price = layers.reduce(
    (sum, group) =>
      sum +
      group.layers *
        layerTokenBytes(group, question.tensorParallelSize, element),
    0,
  );
  const tokens = Math.floor(pool / (price * BLOCK_TOKENS)) * BLOCK_TOKENS;
  const blocks = Math.ceil(contextLength / BLOCK_TOKENS) * BLOCK_TOKENS;
  return {
    tokens,
    concurrencyRatio: tokens / blocks,
    longestContext: Math.min(longestContext, tokens),
    sequenceBytes: price * blocks,
  };
}

/** One kind of layers as vLLM puts them into groups of equal size. */
interface Group {
  kind: CacheLayers['kind'];
  window: number;
  /** Block tables of this kind. */
  tables: number;
  /** Tokens of one block. */
  blockTokens: number;
}

/**
 * vLLM's hybrid cache manager: a block has the same bytes for every kind of layers. Kinds are divided into tables of as many
 * layers as the rarest kind has; a kind with a smaller page takes more tokens into a block; and where layers keep a state,
 * the block of the others grows until a state fits into it.
 */
function groupedPool(question: PoolQuestion, pool: number): Pool {
  const { layers, contextLength, longestContext } = question;
  const element = kvElementBytes(question.kvCacheDtype);
  const tokenBytes = (group: CacheLayers) =>
    layerTokenBytes(group, question.tensorParallelSize, element);
  const priciest = Math.max(1, ...layers.map(tokenBytes));
  const state = Math.max(
    0,
    ...layers.map(
      ({ stateBytes }) => (stateBytes ?? 0) / question.tensorParallelSize,
    ),
  );
  const blockTokens =
    Math.max(1, Math.ceil(state / (priciest * BLOCK_TOKENS))) * BLOCK_TOKENS;
  const attending = layers.some(({ kind }) => kind !== 'state');
  const pageBytes = attending ? priciest * blockTokens : state;
  const counts = layers.map(group => group.layers);
  const rarest = Math.min(...counts);
  // Nearly equal kinds are padded to the larger.
  const tableLayers =
    Math.max(...counts) < rarest * 1.5 ? Math.max(...counts) : rarest;
  const groups: Group[] = layers.map(group => ({
    kind: group.kind,
    window: group.window ?? 0,
    tables: Math.ceil(group.layers / tableLayers),
    blockTokens:
      group.kind === 'state'
        ? blockTokens
        : Math.floor(pageBytes / tokenBytes(group)),
  }));
  const blockBytes = tableLayers * pageBytes;
  const blocks = Math.floor(pool / blockBytes);
  const needed = (tokens: number) =>
    groups.reduce(
      (sum, group) =>
        sum + group.tables * blocksOf(group, tokens, question.stepTokens),
      0,
    );
  const concurrencyRatio = blocks / needed(contextLength);
  const tables = groups.reduce((sum, group) => sum + group.tables, 0);
  return {
    tokens:
      question.told === 'ByConcurrency'
        ? Math.floor(concurrencyRatio * contextLength)
        : Math.floor(blocks / tables) *
          Math.min(...groups.map(group => group.blockTokens)),
    concurrencyRatio,
    longestContext: longestThat(
      tokens => needed(tokens) <= blocks,
      longestContext,
    ),
    sequenceBytes: needed(contextLength) * blockBytes,
  };
}

/** Blocks in one table for a sequence of so many tokens, at most. */
function blocksOf(
  { kind, window, blockTokens }: Group,
  tokens: number,
  stepTokens: number,
): number {
  switch (kind) {
    case 'full':
      return Math.ceil(tokens / blockTokens);
    case 'window':
      // A window need not begin where a block does.
      return (
        Math.ceil(Math.min(window - 1 + stepTokens, tokens) / blockTokens) + 1
      );
    case 'chunk':
      return Math.ceil(Math.min(window + stepTokens, tokens) / blockTokens);
    default:
      return 1;
  }
}

function exactPool(question: PoolQuestion, pool: number): Pool {
  const bytesAt = (tokens: number) =>
    sequenceBytes(
      question.layers,
      tokens,
      question.tensorParallelSize,
      question.kvCacheDtype,
    );
  const sequence = bytesAt(question.contextLength);
  const concurrencyRatio = pool / sequence;
  return {
    tokens: Math.floor(concurrencyRatio * question.contextLength),
    concurrencyRatio,
    longestContext: longestThat(
      tokens => bytesAt(tokens) <= pool,
      question.longestContext,
    ),
    sequenceBytes: sequence,
  };
}

/** The largest whole number up to `most` for which it holds, 0 if for none; it must hold for all smaller ones. */
function longestThat(holds: (tokens: number) => boolean, most: number): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
