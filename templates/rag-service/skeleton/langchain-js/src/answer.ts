import { openCollection } from './collection.ts';
import type { Settings } from './config.ts';
import type { Hit, Store } from './contract.ts';
import type { Embedder } from './embeddings.ts';
import { isFault, ServiceFault } from './faults.ts';
import type { History, HistoryState } from './history.ts';
import { llmFault } from './llmFaults.ts';
import { buildPrompt, type Message } from './prompt.ts';
import { emptyRetrievals, firstTokenSeconds, span, stageSeconds, tokens } from './telemetry.ts';

/** A piece of the model's answer. The last ones tell why it ended and what it cost. */
export interface Delta {
  text: string;
  finishReason?: string;
  promptTokens?: number;
  answerTokens?: number;
}

export type Generate = (messages: Message[]) => AsyncIterable<Delta>;
export type Retrieve = (question: string) => Promise<Hit[]>;

/** A passage that was given to the model, under the number by which the answer names it. */
export interface Citation {
  number: number;
  source: string;
  title: string;
  score: number;
  text: string;
}

/** A whole answer, as callers get it. Timings are milliseconds; `overhead_ms` is what this service itself took. */
export interface Answer {
  answer: string;
  citations: Citation[];
  session_id: string | null;
  history: HistoryState;
  finish_reason: string;
  usage: { prompt_tokens: number | null; answer_tokens: number | null };
  timings: Record<`${'total' | 'embedding' | 'store' | 'history' | 'llm' | 'overhead'}_ms`, number>;
}

/** What an answer yields, in this order: its citations once, pieces of text, the whole answer once. */
export type AnswerEvent =
  | { type: 'citations'; citations: Citation[] }
  | { type: 'token'; text: string }
  | { type: 'done'; answer: Answer };

const NOT_MEASURED: Answer['timings'] = {
  ...{ total_ms: 0, embedding_ms: 0, store_ms: 0 },
  ...{ history_ms: 0, llm_ms: 0, overhead_ms: 0 },
};

type Stage = 'embedding' | 'store' | 'history' | 'llm';

/** Adds up the time of stages. */
function createWatch() {
  const started = performance.now();
  const spent: Record<Stage, number> = { embedding: 0, store: 0, history: 0, llm: 0 };
  const round = (ms: number) => Math.round(ms * 1000) / 1000;
  return {
    elapsedMs: () => performance.now() - started,
    async time<T>(stage: Stage, work: Promise<T>): Promise<T> {
      const began = performance.now();
      try {
        return await work;
      } finally {
        spent[stage] += performance.now() - began;
      }
    },
    timings(): Answer['timings'] {
      const total = performance.now() - started;
      stageSeconds.observe({ stage: 'total' }, total / 1000);
      for (const [stage, ms] of Object.entries(spent)) stageSeconds.observe({ stage }, ms / 1000);
      const { embedding, store, history, llm } = spent;
      return {
        total_ms: round(total),
        embedding_ms: round(embedding),
        store_ms: round(store),
        history_ms: round(history),
        llm_ms: round(llm),
        overhead_ms: round(total - embedding - store - history - llm),
      };
    },
  };
}
type Watch = ReturnType<typeof createWatch>;

/** What answers need. `makeRetriever` is the framework's part: it wraps the search of the store. */
export interface AnswererParts {
  settings: Settings;
  store: Store;
  embedder: Embedder;
  history: History;
  makeRetriever: (find: Retrieve) => Retrieve;
  generate: Generate;
}

export type Answerer = ReturnType<typeof createAnswerer>;

export function createAnswerer(parts: AnswererParts) {
  const { settings, store, embedder, history, makeRetriever, generate } = parts;
  let collectionIsChecked = false;

  const checkStore = () => openCollection(settings, store, { create: false });

  /** Checks the collection once; after a refusal every question asks again, since it may have been mended. */
  async function ensureCollection(): Promise<void> {
    if (collectionIsChecked) return;
    await checkStore();
    collectionIsChecked = true;
  }

  async function embedQuestion(question: string, watch: Watch): Promise<number[]> {
    try {
      return await watch.time('embedding', embedder.query(question));
    } catch (error) {
      if (!isFault(error, 'TextTooLong')) throw error;
      const message = `The question is longer than the embedding model reads: ${error.message}`;
      throw new ServiceFault('PromptTooLong', message, { cause: error });
    }
  }

  /** The passages for a question, best first. */
  async function retrieve(question: string, watch: Watch = createWatch()): Promise<Hit[]> {
    await watch.time('store', ensureCollection());
    const hits = await makeRetriever(async query => {
      const vector = await embedQuestion(query, watch);
      const found = await span('rag.search', () => watch.time('store', store.search(vector, settings.topK)));
      return found.filter(({ score }) => score >= settings.minScore);
    })(question);
    if (hits.length === 0) emptyRetrievals.inc();
    return hits;
  }

  async function* generated(messages: Message[], answer: Answer, watch: Watch): AsyncGenerator<string> {
    const stream = generate(messages)[Symbol.asyncIterator]();
    let finishReason: string | undefined;
    try {
      for (;;) {
        const { done, value } = await watch.time('llm', stream.next());
        if (done) break;
        finishReason = value.finishReason ?? finishReason;
        answer.usage.prompt_tokens = value.promptTokens ?? answer.usage.prompt_tokens;
        answer.usage.answer_tokens = value.answerTokens ?? answer.usage.answer_tokens;
        if (!value.text) continue;
        if (!answer.answer) firstTokenSeconds.observe(watch.elapsedMs() / 1000);
        answer.answer += value.text;
        yield value.text;
      }
    } catch (error) {
      throw isFault(error) ? error : llmFault(error, settings.llm, { begun: answer.answer !== '' });
    } finally {
      // A caller that went away ends the model's work too.
      await stream.return?.();
    }
    if (!finishReason)
      throw new ServiceFault('LlmStreamBroken', "The model server's stream ended before the answer was complete.");
    answer.finish_reason = finishReason;
    tokens.inc({ kind: 'prompt' }, answer.usage.prompt_tokens ?? 0);
    tokens.inc({ kind: 'answer' }, answer.usage.answer_tokens ?? 0);
  }

  /** Yields citations, text as it comes, and the whole answer at the end. Throws ServiceFault. */
  async function* answerQuestion(
    question: string,
    { sessionId, talk = [] }: { sessionId?: string; talk?: Message[] } = {},
  ): AsyncGenerator<AnswerEvent> {
    const watch = createWatch();
    const remembered = sessionId && history.on ? await watch.time('history', history.recent(sessionId)) : talk;
    const hits = await retrieve(question, watch);
    const prompt = buildPrompt(settings.llm, question, hits, remembered ?? []);
    const answer: Answer = {
      answer: '',
      citations: prompt.hits.map(({ document, title, score, text }, index) => ({
        number: index + 1,
        source: document,
        title,
        score: Math.round(score * 10_000) / 10_000,
        text,
      })),
      session_id: sessionId ?? null,
      history: !sessionId || !history.on ? 'Off' : remembered ? 'Kept' : 'Unavailable',
      finish_reason: '',
      usage: { prompt_tokens: null, answer_tokens: null },
      timings: { ...NOT_MEASURED },
    };
    yield { type: 'citations', citations: answer.citations };
    for await (const text of generated(prompt.messages, answer, watch)) yield { type: 'token', text };
    if (sessionId && answer.history === 'Kept') {
      const written = await watch.time('history', history.append(sessionId, question, answer.answer));
      answer.history = written ? 'Kept' : 'Unavailable';
    }
    answer.timings = watch.timings();
    yield { type: 'done', answer };
  }

  /** The whole answer at once. */
  async function answerWhole(...given: Parameters<typeof answerQuestion>): Promise<Answer> {
    for await (const event of answerQuestion(...given)) if (event.type === 'done') return event.answer;
    throw new Error('an answer ended without its end');
  }

  return { settings, store, embedder, history, checkStore, ensureCollection, retrieve, answerQuestion, answerWhole };
}
