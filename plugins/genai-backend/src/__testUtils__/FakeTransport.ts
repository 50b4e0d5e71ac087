import type {
  KubeCluster,
  KubeTransport,
} from '@promptside/backstage-plugin-genai-node';

/** A request as the fake API saw it. */
export interface SeenRequest {
  cluster: string;
  /** Path without query. */
  path: string;
  query: URLSearchParams;
  signal?: AbortSignal;
}

type Answer = Response | Promise<Response>;

/** A watch that a test feeds. */
export interface FakeWatch {
  request: SeenRequest;
  send(...events: unknown[]): void;
  sendText(text: string): void;
  /** The server ends the watch in order. */
  end(): void;
  /** The connection breaks. */
  break(error: Error): void;
  readonly aborted: boolean;
}

/** Answer of a list with one page. */
export function listAnswer(
  items: unknown[],
  resourceVersion = '100',
  next?: string,
): Response {
  return Response.json({
    kind: 'List',
    apiVersion: 'v1',
    metadata: { resourceVersion, ...(next ? { continue: next } : {}) },
    items,
  });
}

/** Error answer as a Kubernetes API server gives it. */
export function statusAnswer(
  code: number,
  reason: string,
  message: string,
): Response {
  return Response.json(
    {
      kind: 'Status',
      apiVersion: 'v1',
      status: 'Failure',
      code,
      reason,
      message,
    },
    { status: code },
  );
}

/** Network fault as Node's fetch throws it. */
export function networkError(code: string): Error {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error(`connect ${code} 127.0.0.1:6443`), { code }),
  });
}

/**
 * Plays the API server. A test gives answers by `answer`; watches are collected in `watches` and stay open until the
 * test ends them.
 */
export class FakeTransport implements KubeTransport {
  readonly requests: SeenRequest[] = [];
  readonly watches: FakeWatch[] = [];
  clusterList: () => Promise<KubeCluster[]> = async () => [];
  /** Answer of every request that is no watch. */
  answer: (request: SeenRequest) => Answer = () => listAnswer([]);
  /** Answer of a watch; `undefined` opens it. */
  answerWatch: (request: SeenRequest) => Answer | undefined = () => undefined;

  clusters: KubeTransport['clusters'] = () => this.clusterList();

  async request(
    cluster: string,
    path: string,
    init: { signal?: AbortSignal } = {},
  ): Promise<Response> {
    const url = new URL(path, 'http://kubernetes.test');
    const request: SeenRequest = {
      cluster,
      path: url.pathname,
      query: url.searchParams,
      signal: init.signal,
    };
    this.requests.push(request);
    init.signal?.throwIfAborted();
    if (url.searchParams.get('watch') !== 'true') {
      return this.#orAbort(this.answer(request), init.signal);
    }
    const early = this.answerWatch(request);
    if (early) return this.#orAbort(early, init.signal);
    return this.#openWatch(request);
  }

  /** Requests that are no watch, for the path. */
  reads(path: string): SeenRequest[] {
    return this.requests.filter(
      request => request.path === path && !request.query.has('watch'),
    );
  }

  #orAbort(answer: Answer, signal?: AbortSignal): Promise<Response> {
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason));
      Promise.resolve(answer).then(resolve, reject);
    });
  }

  #openWatch(request: SeenRequest): Response {
    const encoder = new TextEncoder();
    let aborted = false;
    let controller: ReadableStreamDefaultController<Uint8Array>;
    const body = new ReadableStream<Uint8Array>({
      start(c) {
        controller = c;
      },
    });
    request.signal?.addEventListener('abort', () => {
      aborted = true;
      controller.error(request.signal?.reason);
    });
    const sendText = (text: string) => controller.enqueue(encoder.encode(text));
    this.watches.push({
      request,
      sendText,
      send: (...events) =>
        sendText(events.map(event => `${JSON.stringify(event)}\n`).join('')),
      end: () => controller.close(),
      break: error => controller.error(error),
      get aborted() {
        return aborted;
      },
    });
    return new Response(body, { status: 200 });
  }
}
