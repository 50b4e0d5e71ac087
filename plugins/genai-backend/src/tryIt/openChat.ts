import { ServiceUnavailableError } from '@backstage/errors';
import type {
  ChatRequest,
  Fault,
} from '@promptside/backstage-plugin-genai-common';
import type { KubeTransport } from '@promptside/backstage-plugin-genai-node';
import { isoNow, type Clock } from '../connections/Clock';
import { faultOfAnswer, faultOfError } from '../connections/faults';
import { readLimited } from '../models/readLimited';
import type { ChatTarget } from './chooseChatTarget';

const DEFAULT_MAX_TOKENS = 256;

/** Longest error answer that is read. */
const MAX_FAULT_BYTES = 64 * 1024;

/**
 * Sends the question; resolves to the stream of the answer once it begins. Only the messages go there: no header, token or name
 * of the caller.
 *
 * @throws ServiceUnavailableError with the reason when no stream comes back
 */
export async function openChat(options: {
  transport: KubeTransport;
  cluster: string;
  target: ChatTarget;
  question: ChatRequest;
  clock: Clock;
  signal: AbortSignal;
}): Promise<ReadableStream<Uint8Array>> {
  const { transport, cluster, target, question, clock, signal } = options;
  let response: Response;
  try {
    response = await transport.request(cluster, target.path, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        Accept: 'text/event-stream',
      },
      body: JSON.stringify({
        ...(target.model ? { model: target.model } : {}),
        messages: question.messages,
        max_tokens: question.maxTokens ?? DEFAULT_MAX_TOKENS,
        stream: true,
      }),
      signal,
    });
  } catch (error) {
    signal.throwIfAborted();
    throw unavailable(faultOfError(error, isoNow(clock)), target);
  }
  if (!response.ok) {
    const text = await faultText(response);
    throw unavailable(
      faultOfAnswer(response.status, text, isoNow(clock)),
      target,
    );
  }
  const type = response.headers.get('content-type') ?? 'nothing';
  if (!response.body || !type.startsWith('text/event-stream')) {
    await response.body?.cancel();
    throw new ServiceUnavailableError(
      `The model server answered with ${type.slice(0, 100)} and not with a stream`,
    );
  }
  return response.body;
}

async function faultText(response: Response): Promise<string> {
  const body = response.body as AsyncIterable<Uint8Array> | null;
  try {
    return body ? await readLimited(body, MAX_FAULT_BYTES) : '';
  } catch {
    return '';
  }
}

function unavailable(
  { reason, message }: Fault,
  { namespace }: ChatTarget,
): ServiceUnavailableError {
  const hint =
    reason === 'Forbidden'
      ? `; the portal needs the right to create services/proxy in namespace "${namespace}"`
      : '';
  return new ServiceUnavailableError(
    `The model server did not answer (${reason}: ${message})${hint}`,
  );
}
