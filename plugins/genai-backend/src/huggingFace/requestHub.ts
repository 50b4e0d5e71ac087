import { readLimited } from '../models/readLimited';
import type { HuggingFaceConfig } from './huggingFaceConfig';

/** What the hub answered, or why it did not. Never an exception: a hub out of reach is a state, not a defect. */
export type HubAnswer =
  | { ok: true; text: string }
  | {
      ok: false;
      /** Absent when there was no answer that could be used. */
      status?: number;
      message: string;
      /** Of an answer that says when to come again. */
      retryAfterMs?: number;
    };

/** The hub sends its own files on, and large ones to its content network. */
const MAX_REDIRECTS = 5;
const HUB_HOST = /(^|\.)(huggingface\.co|hf\.co)$/;

/** May the hub send us there? Never from the hub to some other host, least of all one inside the network. */
function mayFollow(from: URL, to: URL): boolean {
  return (
    to.origin === from.origin ||
    (to.protocol === 'https:' && HUB_HOST.test(to.hostname))
  );
}

function retryAfterMs(response: Response): number | undefined {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return seconds >= 0 ? Math.min(seconds, 3600) * 1000 : undefined;
}

async function readBody(
  response: Response,
  maxBytes: number,
): Promise<HubAnswer> {
  const body = response.body as AsyncIterable<Uint8Array> | null;
  try {
    return { ok: true, text: body ? await readLimited(body, maxBytes) : '' };
  } catch (error) {
    return { ok: false, message: `its answer ${(error as Error).message}` };
  }
}

/**
 * One GET. The token goes to the configured origin only; redirects are followed there and to the hub's own hosts; a body is
 * read up to `maxBytes`.
 */
export async function requestHub(
  path: string,
  options: {
    config: Pick<HuggingFaceConfig, 'baseUrl' | 'token'>;
    fetch: typeof fetch;
    maxBytes: number;
    signal: AbortSignal;
  },
): Promise<HubAnswer> {
  const { config, maxBytes, signal } = options;
  const base = new URL(config.baseUrl);
  let url = new URL(`${config.baseUrl}${path}`);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    let response: Response;
    try {
      response = await options.fetch(url, {
        redirect: 'manual',
        signal,
        headers: {
          Accept: 'application/json',
          ...(config.token && url.origin === base.origin
            ? { Authorization: `Bearer ${config.token}` }
            : {}),
        },
      });
    } catch (error) {
      const { cause, message } = error as Error & { cause?: Error };
      return { ok: false, message: cause?.message || message };
    }
    const location = response.headers.get('location');
    if (response.status >= 300 && response.status < 400 && location) {
      await response.body?.cancel();
      const next = URL.canParse(location, url) && new URL(location, url);
      if (!next || !mayFollow(base, next)) {
        return { ok: false, message: 'it sends to a host that is not its own' };
      }
      url = next;
    } else if (response.ok) {
      return readBody(response, maxBytes);
    } else {
      await response.body?.cancel();
      return {
        ok: false,
        status: response.status,
        message: `it answers ${response.status}`,
        retryAfterMs: retryAfterMs(response),
      };
    }
  }
  return { ok: false, message: 'it sends around in a circle' };
}
