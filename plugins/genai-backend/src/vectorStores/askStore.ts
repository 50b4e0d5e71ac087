import type { Fault } from '@promptside/backstage-plugin-genai-common';
import type {
  KubeTransport,
  ProbeAnswer,
  ProbeRequest,
} from '@promptside/backstage-plugin-genai-node';
import { isoNow, type Clock } from '../connections/Clock';
import { asObject, faultOfAnswer, faultOfError } from '../connections/faults';
import { readLimited, TooLargeError } from '../models/readLimited';

/** A list of 200 collections with their configuration is some 300 KB. */
export const MAX_BYTES = 2 * 1024 * 1024;

/**
 * One question through the proxy of the API server. Never throws. Who answers decides whose fault it is: a `Status` object is the
 * API server's, which says of a store that it cannot be reached, or of the portal that it may not ask; anything else is the store's
 * own answer, whatever its status.
 *
 * @param path - of a Service's or pod's proxy
 */
export async function askStore(options: {
  transport: KubeTransport;
  cluster: string;
  path: string;
  request: ProbeRequest;
  /** Of the store's credential. */
  headers?: Readonly<Record<string, string>>;
  clock: Clock;
  /** Aborts when the time of the store is over. */
  signal: AbortSignal;
}): Promise<ProbeAnswer> {
  const { transport, cluster, path, request, headers, clock, signal } = options;
  const startedAt = clock.now();
  const since = () => clock.now() - startedAt;
  try {
    const response = await transport.request(cluster, path, {
      headers: {
        ...headers,
        Accept: '*/*',
        ...(request.body ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(request.body
        ? { method: 'POST', body: JSON.stringify(request.body) }
        : {}),
      signal,
    });
    const latencyMs = since();
    const body = response.body as AsyncIterable<Uint8Array> | null;
    const text = body ? await readLimited(body, MAX_BYTES) : '';
    if (response.ok || !isOfProxy(text)) {
      return { ok: true, statusCode: response.status, text, latencyMs };
    }
    const fault = faultOfAnswer(response.status, text, isoNow(clock));
    return { ok: false, fault, of: blame(text, fault), latencyMs };
  } catch (error) {
    const at = isoNow(clock);
    const latencyMs = since();
    if (signal.aborted) return timedOut(latencyMs, at);
    if (error instanceof TooLargeError) {
      const message = `The answer ${error.message}`;
      const fault: Fault = { reason: 'InvalidResponse', message, at };
      return { ok: false, fault, of: 'Portal', latencyMs };
    }
    return {
      ok: false,
      fault: faultOfError(error, at),
      of: 'Portal',
      latencyMs,
    };
  }
}

/** The time of the store is over. */
export function timedOut(latencyMs: number, at: string): ProbeAnswer {
  const message = `No answer within ${Math.round(latencyMs / 100) / 10} s`;
  const fault: Fault = { reason: 'Timeout', message, at };
  return { ok: false, fault, of: 'Store', latencyMs };
}

/** A `Status` of the API server, or an error of the Kubernetes plugin before it. */
function isOfProxy(text: string): boolean {
  const body = parse(text);
  return (
    (body?.kind === 'Status' && body.apiVersion === 'v1') ||
    asObject(body?.error)?.name !== undefined
  );
}

/** The API server says 503 (or 500 with a reason in words) of a Service without endpoints and of a pod that refuses. */
function blame(text: string, fault: Fault): 'Store' | 'Portal' {
  const ofPlugin = asObject(parse(text)?.error) !== undefined;
  return !ofPlugin &&
    (fault.reason === 'Unreachable' ||
      fault.reason === 'Timeout' ||
      /error trying to reach service|no endpoints available/.test(
        fault.message,
      ))
    ? 'Store'
    : 'Portal';
}

function parse(text: string): { [key: string]: unknown } | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}
