import { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';

/**
 * JSON as the server answered it. Reading a field which is not there gives `undefined` at run time: the suite asserts
 * on what it reads, so a wrong guess is a failing test and not a type hole.
 */
export interface KubeJson {
  readonly [field: string]: KubeJson;
}

/** One answer; `body` is `undefined` when it is not JSON. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  body: KubeJson;
}

/** Query parameters of a call. */
export type Query = Record<string, string | number | boolean>;

/** One HTTP call; `body` is sent as JSON unless it is text already. */
export interface Call {
  query?: Query;
  body?: unknown;
  contentType?: string;
  accept?: string;
}

/** The four patch formats of Kubernetes. */
export type PatchType = 'merge' | 'json' | 'strategic' | 'apply';

const PATCH_TYPES: Record<PatchType, string> = {
  merge: 'application/merge-patch+json',
  json: 'application/json-patch+json',
  strategic: 'application/strategic-merge-patch+json',
  apply: 'application/apply-patch+yaml',
};

/** An event of a watch stream. */
export interface WatchEvent {
  type: string;
  object: KubeJson;
}

/** A running watch. */
export interface Watch {
  /** The next event; rejects when the stream ends or stays silent for 30 s. */
  next(): Promise<WatchEvent>;
  /** Resolves when the server ends the stream. */
  ended: Promise<void>;
  close(): void;
}

/** A user's view of one API server. */
export interface Client {
  call(method: string, path: string, call?: Call): Promise<Answer>;
  get(path: string, query?: Query): Promise<Answer>;
  post(path: string, body: unknown, query?: Query): Promise<Answer>;
  put(path: string, body: unknown, query?: Query): Promise<Answer>;
  patch(
    path: string,
    type: PatchType,
    body: unknown,
    query?: Query,
  ): Promise<Answer>;
  delete(path: string, body?: unknown, query?: Query): Promise<Answer>;
  watch(path: string, query?: Query): Promise<Watch>;
  close(): void;
}

const SILENT_AFTER_MS = 30_000;

function urlOf(base: string, path: string, query: Query = {}): URL {
  const url = new URL(path, base);
  for (const [name, value] of Object.entries(query)) {
    url.searchParams.set(name, String(value));
  }
  return url;
}

function parse(text: string): KubeJson {
  try {
    return JSON.parse(text);
  } catch {
    return undefined as unknown as KubeJson;
  }
}

function readAll(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    response.on('data', chunk => chunks.push(chunk));
    response.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    response.on('error', reject);
  });
}

function watchOf(response: IncomingMessage): Watch {
  const events: WatchEvent[] = [];
  let waiting: (() => void) | undefined;
  let over = false;
  let rest = '';
  const wake = () => {
    waiting?.();
    waiting = undefined;
  };
  /** Resolves at the next event or at the end. */
  const change = async () => {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      waiting = resolve;
      timer = setTimeout(
        () => reject(new Error('the watch was silent for 30 s')),
        SILENT_AFTER_MS,
      );
    }).finally(() => clearTimeout(timer));
  };
  const ended = new Promise<void>(resolve => {
    response.on('close', () => {
      over = true;
      wake();
      resolve();
    });
  });
  response.setEncoding('utf8');
  response.on('error', () => {});
  response.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line) events.push(JSON.parse(line));
    wake();
  });
  return {
    ended,
    close: () => response.destroy(),
    async next() {
      for (;;) {
        const event = events.shift();
        if (event) return event;
        if (over) throw new Error('the watch has ended');
        await change();
      }
    },
  };
}

/** Creates a client for one bearer token. */
export function createClient(options: {
  url: string;
  caData: string;
  token?: string;
}): Client {
  const agent = new Agent({
    ca: Buffer.from(options.caData, 'base64'),
    keepAlive: true,
  });
  const open = (method: string, path: string, call: Call) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const body =
        call.body === undefined || typeof call.body === 'string'
          ? call.body
          : JSON.stringify(call.body);
      const outgoing = request(
        urlOf(options.url, path, call.query),
        {
          method,
          agent,
          headers: {
            accept: call.accept ?? 'application/json',
            'user-agent': 'contract/1.0',
            ...(options.token && { authorization: `Bearer ${options.token}` }),
            ...(body !== undefined && {
              'content-type': call.contentType ?? 'application/json',
              // Node sends none of itself for DELETE, and the body would be read as the next request.
              'content-length': Buffer.byteLength(body),
            }),
          },
        },
        resolve,
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  const send = async (method: string, path: string, call: Call = {}) => {
    const response = await open(method, path, call);
    const text = await readAll(response);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      text,
      body: parse(text),
    };
  };
  return {
    call: send,
    get: (path, query) => send('GET', path, { query }),
    post: (path, body, query) => send('POST', path, { body, query }),
    put: (path, body, query) => send('PUT', path, { body, query }),
    patch: (path, type, body, query) =>
      send('PATCH', path, { body, query, contentType: PATCH_TYPES[type] }),
    delete: (path, body, query) => send('DELETE', path, { body, query }),
    async watch(path, query) {
      const response = await open('GET', path, {
        query: { watch: true, ...query },
      });
      if (response.statusCode !== 200) {
        throw new Error(
          `watch answered ${response.statusCode}: ${await readAll(response)}`,
        );
      }
      return watchOf(response);
    },
    close: () => agent.destroy(),
  };
}
