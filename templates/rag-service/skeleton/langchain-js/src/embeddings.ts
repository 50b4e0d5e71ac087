import type { Settings } from './config.ts';
import { isFault, messageOf, ServiceFault } from './faults.ts';
import { withRetries } from './patience.ts';
import { span } from './telemetry.ts';

// How servers say that a text is too long: TEI with 413 or 422, vLLM and others with 400.
const LENGTH_WORDS = /must have less than|maximum context length|too long|too many tokens|input length/i;

/** Turns texts into vectors, with retries. */
export type Embedder = ReturnType<typeof createEmbedder>;

const unavailable = (message: string, options?: { cause?: unknown; retryAfterSeconds?: number }) =>
  new ServiceFault('EmbeddingUnavailable', message, options);

/** For Text Embeddings Inference, or anything with OpenAI's route. */
export function createEmbedder(settings: Settings['embedding'], fetchApi: typeof fetch = fetch) {
  const headers: Record<string, string> = {
    'Content-Type': 'application/json',
    ...(settings.apiKey && { Authorization: `Bearer ${settings.apiKey}` }),
  };

  async function send(method: string, path: string, body?: object): Promise<Response> {
    const signal = AbortSignal.timeout(settings.timeoutSeconds * 1000);
    let response: Response;
    try {
      response = await fetchApi(settings.url + path, { method, headers, signal, body: body && JSON.stringify(body) });
    } catch (error) {
      throw unavailable(
        signal.aborted
          ? `The embedding server did not answer within ${settings.timeoutSeconds} s.`
          : `The embedding server cannot be reached: ${messageOf((error as Error).cause ?? error)}`,
        { cause: error },
      );
    }
    if (response.ok) return response;
    const said = (await response.text()).slice(0, 300);
    if ([400, 413, 422].includes(response.status) && LENGTH_WORDS.test(said))
      throw new ServiceFault('TextTooLong', `The text is longer than the embedding model reads: ${said}`);
    const told = response.headers.get('retry-after') ?? '';
    throw unavailable(`The embedding server answered ${response.status} to ${path}: ${said}`, {
      ...(/^\d+$/.test(told) && { retryAfterSeconds: Number(told) }),
    });
  }

  async function ask(texts: string[]): Promise<number[][]> {
    const tei = settings.api === 'tei';
    const path = tei ? '/embed' : '/embeddings';
    const body = tei ? { inputs: texts, truncate: false } : { input: texts, model: settings.model };
    const response = await send('POST', path, body);
    try {
      const answer = await response.json();
      const rows: unknown = tei
        ? answer
        : [...answer.data].sort((a, b) => a.index - b.index).map(row => row.embedding);
      if (!Array.isArray(rows) || rows.length !== texts.length || !rows.every(row => row.every(Number.isFinite)))
        throw new TypeError('not vectors');
      return rows;
    } catch (error) {
      throw unavailable(`The embedding server's answer to ${path} is not what its API promises.`, { cause: error });
    }
  }

  async function embed(texts: string[], retries: number): Promise<number[][]> {
    const vectors = await withRetries(() => ask(texts), 'EmbeddingUnavailable', { retries });
    const wrong = vectors.find(vector => vector.length !== settings.dimension);
    if (wrong) {
      throw new ServiceFault(
        'EmbeddingMismatch',
        `The embedding server answers with ${wrong.length} dimensions, EMBEDDING_DIMENSION is ${settings.dimension}.`,
      );
    }
    return vectors;
  }

  async function embedHalving(text: string): Promise<number[]> {
    try {
      return (await embed([text], 3))[0]!;
    } catch (error) {
      if (!isFault(error, 'TextTooLong') || text.length < 32) throw error;
      const middle = text.length >> 1;
      const first = await embedHalving(text.slice(0, middle));
      const second = await embedHalving(text.slice(middle));
      return first.map((value, index) => (value + second[index]!) / 2);
    }
  }

  /** Compares the configured model with the served one, where the server tells. Returns the tokens it reads. */
  async function checkModel(): Promise<number | undefined> {
    if (settings.api !== 'tei') return undefined;
    const info = await send('GET', '/info')
      .then(response => response.json())
      // Not every server behind the route has it; whether it works is told by embedding.
      .catch(() => undefined);
    const served = info?.model_id;
    // A model from a mounted volume is known by its folder only.
    if (typeof served === 'string' && !served.startsWith('/') && served !== settings.model) {
      throw new ServiceFault(
        'EmbeddingMismatch',
        `The embedding server serves ${served}, EMBEDDING_MODEL is ${settings.model}: ` +
          'vectors of two models cannot be compared.',
      );
    }
    return Number.isInteger(info?.max_input_length) ? info.max_input_length : undefined;
  }

  return {
    checkModel,
    /** The vector of a question. A question that is too long is a TextTooLong. */
    query: (text: string): Promise<number[]> =>
      span('rag.embed', async () => (await embed([settings.queryPrefix + text], 1))[0]!),
    /**
     * The vectors of chunks, in their order. Nothing is cut off: the estimate of tokens may be wrong for rare scripts,
     * and then the vector of a chunk is the mean of the vectors of its halves.
     */
    async passages(texts: string[]): Promise<number[][]> {
      const prefixed = texts.map(text => settings.passagePrefix + text);
      try {
        return await embed(prefixed, 3);
      } catch (error) {
        if (!isFault(error, 'TextTooLong')) throw error;
        return Promise.all(prefixed.map(embedHalving));
      }
    },
    /** Throws when the server cannot embed, or embeds with another model or dimension. */
    async check(): Promise<void> {
      await checkModel();
      await embed(['ready'], 0);
    },
  };
}
