import { ServiceUnavailableError } from '@backstage/errors';
import {
  readServerSentEvents,
  type ChatChunk,
} from '@promptside/backstage-plugin-genai-common';
import { asObject } from '../connections/faults';

/** Text of one answer: 512 tokens are about 2 KB, so whoever sends more does not keep to what was asked. */
const MAX_BYTES = 256 * 1024;

/**
 * The parts of a streamed chat completion that a page needs, made anew: nothing of what the server sends besides is passed on.
 * Ends with the server's `[DONE]`.
 *
 * @throws ServiceUnavailableError when the server reports an error, sends too much or breaks off
 */
export async function* readChatChunks(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ChatChunk, void, undefined> {
  for await (const { data } of readServerSentEvents(limited(body))) {
    if (data === '[DONE]') return;
    const chunk = toChunk(data);
    if (chunk) yield chunk;
  }
  throw new ServiceUnavailableError(
    'The model server broke off before the end of its answer',
  );
}

function limited(body: ReadableStream<Uint8Array>) {
  let bytes = 0;
  return body.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        bytes += chunk.length;
        if (bytes <= MAX_BYTES) controller.enqueue(chunk);
        else {
          controller.error(
            new ServiceUnavailableError(
              `The answer is longer than ${MAX_BYTES} bytes`,
            ),
          );
        }
      },
    }),
  );
}

function toChunk(data: string): ChatChunk | undefined {
  let parsed: ReturnType<typeof asObject>;
  try {
    parsed = asObject(JSON.parse(data));
  } catch {
    throw new ServiceUnavailableError(
      'The model server sent something that is no JSON',
    );
  }
  const fault = asObject(parsed?.error);
  if (fault) {
    const message = typeof fault.message === 'string' ? fault.message : '';
    throw new ServiceUnavailableError(
      `The model server reports: ${message.slice(0, 500) || 'an error'}`,
    );
  }
  const [first] = Array.isArray(parsed?.choices) ? parsed.choices : [];
  const choice = asObject(first);
  if (!choice) return undefined;
  const content = asObject(choice.delta)?.content;
  return {
    object: 'chat.completion.chunk',
    ...(typeof parsed?.model === 'string' ? { model: parsed.model } : {}),
    choices: [
      {
        index: 0,
        delta: typeof content === 'string' ? { content } : {},
        finish_reason:
          typeof choice.finish_reason === 'string'
            ? choice.finish_reason
            : null,
      },
    ],
  };
}
