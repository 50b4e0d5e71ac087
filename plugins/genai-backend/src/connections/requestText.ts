import type { Fault } from '@promptside/backstage-plugin-genai-common';
import type { KubeTransport } from '@promptside/backstage-plugin-genai-node';
import { isoNow, type Clock } from './Clock';
import { faultOfAnswer, faultOfError } from './faults';
import { readLimited, TooLargeError } from '../models/readLimited';
import { inflate, inflateHead } from './inflate';
import { linkAbort } from './linkAbort';

/** How much of a body is its head: far more than what stands before the objects of a list, compressed or not. */
const HEAD_BYTES = 8_192;

/** The body of a good answer, or why there is none. */
export type TextOutcome =
  { ok: true; text: string } | { ok: false; fault: Fault };

/**
 * One GET with a limit for the whole of it, headers and body. Never throws: what went wrong is the fault.
 */
export async function requestText(options: {
  transport: KubeTransport;
  cluster: string;
  path: string;
  /** Default `application/json`. */
  accept?: string;
  /** The answer is large enough to be worth compressing. */
  compressed?: boolean;
  timeoutMs: number;
  /** Longest body that is read; without it the API server is trusted. */
  maxBytes?: number;
  /** Is told once how the body begins, while the rest is still on its way; not when `maxBytes` is given. */
  onHead?(text: string): void;
  clock: Clock;
  signal: AbortSignal;
}): Promise<TextOutcome> {
  const { transport, cluster, path, timeoutMs, clock } = options;
  const accept = options.accept ?? 'application/json';
  const request = linkAbort(options.signal);
  const finished = new AbortController();
  let timedOut = false;
  const limit = clock.sleep(timeoutMs, finished.signal).then(() => {
    if (finished.signal.aborted) return;
    timedOut = true;
    request.abort();
  });
  try {
    const response = await transport.request(cluster, path, {
      headers: { Accept: accept },
      compressed: options.compressed,
      signal: request.signal,
    });
    const text = await readBody(response, options);
    return response.ok
      ? { ok: true, text }
      : {
          ok: false,
          fault: faultOfAnswer(response.status, text, isoNow(clock)),
        };
  } catch (error) {
    const at = isoNow(clock);
    if (timedOut) {
      const message = `No complete answer to ${path.split('?')[0]} within ${timeoutMs / 1000} s`;
      return { ok: false, fault: { reason: 'Timeout', message, at } };
    }
    if (error instanceof TooLargeError) {
      const message = `The answer to ${path.split('?')[0]} ${error.message}`;
      return { ok: false, fault: { reason: 'InvalidResponse', message, at } };
    }
    return { ok: false, fault: faultOfError(error, at) };
  } finally {
    finished.abort();
    request.unlink();
    await limit;
  }
}

async function readBody(
  response: Response,
  { maxBytes, onHead }: { maxBytes?: number; onHead?(text: string): void },
): Promise<string> {
  const body = response.body as AsyncIterable<Uint8Array> | null;
  if (!body) return '';
  if (maxBytes !== undefined) return readLimited(body, maxBytes);
  const parts: Uint8Array[] = [];
  let bytes = 0;
  let told = false;
  for await (const part of body) {
    parts.push(part);
    bytes += part.length;
    if (!told && bytes >= HEAD_BYTES) {
      told = true;
      onHead?.(inflateHead(Buffer.concat(parts).subarray(0, HEAD_BYTES)));
    }
  }
  return inflate(Buffer.concat(parts));
}
