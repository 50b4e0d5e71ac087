import type { Fault } from '@promptside/backstage-plugin-genai-common';
import type {
  ProbeAnswer,
  ProbeRequest,
} from '@promptside/backstage-plugin-genai-node';
import { isoNow, type Clock } from '../connections/Clock';
import { readLimited } from '../models/readLimited';
import { MAX_BYTES, timedOut } from './askStore';

/**
 * One question straight to a store whose address is configured, because its credential does not pass the API server. Never throws,
 * and follows no redirect: the credential is for this address alone.
 */
export async function askDirectly(options: {
  fetch: typeof fetch;
  /** Without a slash at the end. */
  url: string;
  request: ProbeRequest;
  headers: Readonly<Record<string, string>>;
  clock: Clock;
  signal: AbortSignal;
}): Promise<ProbeAnswer> {
  const { url, request, headers, clock, signal } = options;
  const startedAt = clock.now();
  const since = () => clock.now() - startedAt;
  try {
    const response = await options.fetch(`${url}${request.path}`, {
      headers: {
        ...headers,
        Accept: '*/*',
        ...(request.body ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(request.body
        ? { method: 'POST', body: JSON.stringify(request.body) }
        : {}),
      redirect: 'manual',
      signal,
    });
    const latencyMs = since();
    const body = response.body as AsyncIterable<Uint8Array> | null;
    const text = body ? await readLimited(body, MAX_BYTES) : '';
    return { ok: true, statusCode: response.status, text, latencyMs };
  } catch (error) {
    const latencyMs = since();
    if (signal.aborted) return timedOut(latencyMs, isoNow(clock));
    const { message, cause } = error as Error;
    const why = cause instanceof Error ? cause.message : message;
    const fault: Fault = {
      reason: 'Unreachable',
      message: `The configured address of the store does not answer: ${why}`,
      at: isoNow(clock),
    };
    // the portal may stand where this address leads nowhere
    return { ok: false, fault, of: 'Portal', latencyMs };
  }
}
