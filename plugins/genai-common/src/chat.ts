import { z } from 'zod';

/** Text of all messages of a question together, bytes of UTF-8. @public */
export const MAX_CHAT_BYTES = 16 * 1024;

/** @public */
export const chatMessageSchema = z.strictObject({
  role: z.enum(['system', 'user', 'assistant']),
  content: z.string().min(1).max(MAX_CHAT_BYTES),
});

/** @public */
export type ChatMessage = z.infer<typeof chatMessageSchema>;

/** Body of `POST /v1/model-servers/:cluster/:namespace/:name/chat`. @public */
export const chatRequestSchema = z.strictObject({
  /** Oldest first; together at most 16 KB. */
  messages: z
    .array(chatMessageSchema)
    .min(1)
    .max(20)
    .refine(
      messages => bytesOf(messages) <= MAX_CHAT_BYTES,
      `must hold at most ${MAX_CHAT_BYTES} bytes of text in all`,
    ),
  /** Default: 256. */
  maxTokens: z.number().int().min(1).max(512).optional(),
});

/** @public */
export type ChatRequest = z.infer<typeof chatRequestSchema>;

/**
 * One event of the streamed answer, a part of OpenAI's `chat.completion.chunk`. The stream ends with `data: [DONE]`; one that
 * broke off ends with an event named `error`, whose data are an `ErrorResponse`.
 *
 * @public
 */
export const chatChunkSchema = z.object({
  object: z.literal('chat.completion.chunk'),
  model: z.string().optional(),
  choices: z.array(
    z.object({
      index: z.number().int(),
      delta: z.object({ content: z.string().optional() }),
      finish_reason: z.string().nullable(),
    }),
  ),
});

/** @public */
export type ChatChunk = z.infer<typeof chatChunkSchema>;

function bytesOf(messages: readonly ChatMessage[]): number {
  const encoder = new TextEncoder();
  return messages.reduce(
    (sum, { content }) => sum + encoder.encode(content).length,
    0,
  );
}
