// A store in memory, an embedding server and a model without a network.
import { createAnswerer, type Delta } from '../src/answer.ts';
import { loadSettings, type StoreRules } from '../src/config.ts';
import { addStored, type Chunk, type CollectionInfo, type Store, type StoredDocuments } from '../src/contract.ts';
import { createEmbedder } from '../src/embeddings.ts';
import { ServiceFault } from '../src/faults.ts';
import { createHistory } from '../src/history.ts';
import type { Message } from '../src/prompt.ts';

export const DIMENSION = 64;
export const RULES: StoreRules = { urlVariable: 'STORE_URL', urlSchemes: ['http'], maxDimension: 4000 };
export const ENV = {
  COLLECTION: 'handbook',
  STORE_URL: 'http://store:1',
  EMBEDDING_URL: 'http://tei:1',
  EMBEDDING_MODEL: 'words-64',
  EMBEDDING_DIMENSION: String(DIMENSION),
  EMBEDDING_BATCH_SIZE: '4',
  LLM_URL: 'http://127.0.0.1:1/v1',
  LLM_MODEL: 'echo',
  SERVICE_NAME: 'handbook',
};

export const settings = (changes: Record<string, string> = {}) => loadSettings({ ...ENV, ...changes }, RULES);

function embed(text: string): number[] {
  const vector = new Array<number>(DIMENSION).fill(0);
  for (const word of text.toLowerCase().match(/[a-z0-9]+/g) ?? []) {
    let hash = 7;
    for (const letter of word) hash = (hash * 31 + letter.charCodeAt(0)) % 100_003;
    vector[hash % DIMENSION]! += 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map(value => value / length);
}

/** Answers like TEI. `answers` are given first, one for each call of /embed. */
export function embeddingServer(options: { answers?: Response[]; maxWords?: number; model?: string } = {}) {
  const { answers = [], maxWords = 512, model = 'words-64' } = options;
  const texts: string[] = [];
  const fetchApi = async (url: string | URL | Request, init?: RequestInit) => {
    if (String(url).endsWith('/info')) return Response.json({ model_id: model, max_input_length: maxWords });
    const next = answers.shift();
    if (next) return next;
    const { inputs } = JSON.parse(String(init?.body)) as { inputs: string[] };
    if (inputs.some(text => text.split(/\s+/).length > maxWords))
      return Response.json({ error: `\`inputs\` must have less than ${maxWords} tokens` }, { status: 413 });
    texts.push(...inputs);
    return Response.json(inputs.map(embed));
  };
  return { texts, embedder: (s: ReturnType<typeof settings>) => createEmbedder(s.embedding, fetchApi) };
}

/** Keeps chunks in a map. It may be down, or break after some writes. */
export function memoryStore(info?: CollectionInfo) {
  const rows = new Map<string, { chunk: Chunk; vector: number[] }>();
  const state = { info, rows, writes: 0, breakAfter: Infinity, breakOnRemove: false, down: false };
  const assertUp = () => {
    if (state.down) throw new ServiceFault('StoreUnavailable', 'the store is down');
  };
  const store: Store = {
    async describe() {
      assertUp();
      return state.info;
    },
    async create() {
      state.info = { embeddingModel: 'words-64', dimension: DIMENSION };
    },
    async documents() {
      const found: StoredDocuments = new Map();
      for (const { chunk } of rows.values()) addStored(found, chunk);
      return found;
    },
    async put(chunks, vectors) {
      if (state.writes >= state.breakAfter) throw new Error('killed');
      state.writes += 1;
      chunks.forEach((chunk, index) => rows.set(chunk.id, { chunk, vector: vectors[index]! }));
    },
    async remove(document, version) {
      if (state.breakOnRemove) throw new Error('killed');
      for (const [id, { chunk }] of rows) if (chunk.document === document && chunk.version === version) rows.delete(id);
    },
    async search(vector, limit) {
      assertUp();
      return [...rows.values()]
        .map(({ chunk: { id, document, title, text }, vector: other }) => {
          const score = vector.reduce((sum, value, index) => sum + value * other[index]!, 0);
          return { id, document, title, text, score };
        })
        .sort((a, b) => b.score - a.score)
        .slice(0, limit);
    },
    async close() {},
  };
  return { ...store, state };
}
export type MemoryStore = ReturnType<typeof memoryStore>;

/** Streams fixed words, or throws. Keeps the messages it was given. */
export function model(options: { words?: string[]; error?: unknown; finish?: string | null } = {}) {
  const { words = ['It ', 'is ', 'so [1].'], error, finish = 'stop' } = options;
  const asked: Message[][] = [];
  async function* generate(messages: Message[]): AsyncGenerator<Delta> {
    asked.push(messages);
    for (const text of words) yield { text };
    if (error) throw error;
    if (finish) yield { text: '', finishReason: finish, promptTokens: 10, answerTokens: 3 };
  }
  return { asked, generate };
}

export const split = async (text: string) => text.split('\n\n').map(part => part.trim());

export function answerer(
  store: MemoryStore,
  { llm = model(), server = embeddingServer(), env = {} as Record<string, string> } = {},
) {
  const made = settings(env);
  return createAnswerer({
    settings: made,
    store,
    embedder: server.embedder(made),
    history: createHistory(made.history),
    makeRetriever: find => find,
    generate: llm.generate,
  });
}
