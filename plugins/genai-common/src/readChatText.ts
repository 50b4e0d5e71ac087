import { z } from 'zod';
import { errorResponseSchema } from './openapi/schemaRegistry';
import { readServerSentEvents } from './readServerSentEvents';

/** All of a `ChatChunk` that is needed here: a part of the answer must not be lost for a field that nobody reads. */
const textChunkSchema = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string() }) })),
});

/**
 * Text of a streamed chat completion, part by part. Chunks of a shape it does not know are passed over.
 *
 * @throws Error with the backend's own name and message when the stream ends with an error, or without its end
 */
export async function* readChatText(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<string, void, undefined> {
  for await (const { event, data } of readServerSentEvents(body)) {
    if (event === 'error') throw toError(data);
    if (data === '[DONE]') return;
    const chunk = textChunkSchema.safeParse(parseJson(data));
    const text = chunk.data?.choices[0]?.delta.content;
    if (text) yield text;
  }
  throw new Error('The answer broke off before its end');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toError(data: string): Error {
  const { error } = errorResponseSchema.safeParse(parseJson(data)).data ?? {};
  return Object.assign(
    new Error(error?.message ?? 'The answer broke off'),
    error ? { name: error.name } : {},
  );
}
