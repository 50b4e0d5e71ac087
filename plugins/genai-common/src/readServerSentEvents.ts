/** One event of a stream. @public */
export interface ServerSentEvent {
  /** `message` unless the stream names another. */
  event: string;
  data: string;
}

/** Longest event that is read; what is longer is no event of a chat. */
const MAX_EVENT_LENGTH = 256 * 1024;

/**
 * Events of a `text/event-stream`, as they arrive; comments and `id` and `retry` are dropped. An event without its empty line
 * was cut off and is dropped too. Leaving the loop cancels the stream.
 *
 * @throws Error when an event does not end
 * @public
 */
export async function* readServerSentEvents(
  body: ReadableStream<Uint8Array>,
): AsyncGenerator<ServerSentEvent, void, undefined> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      rest += decoder.decode(value, { stream: true });
      // a carriage return at the end may be half of a line break
      const whole = rest.endsWith('\r') ? rest.slice(0, -1) : rest;
      const blocks = whole.replace(/\r\n?/g, '\n').split('\n\n');
      rest = blocks[blocks.length - 1] + rest.slice(whole.length);
      if (rest.length > MAX_EVENT_LENGTH) {
        throw new Error(
          `An event of the stream has more than ${MAX_EVENT_LENGTH} characters`,
        );
      }
      for (const block of blocks.slice(0, -1)) {
        const event = readEvent(block);
        if (event) yield event;
      }
    }
  } finally {
    // The consumer left early: let the connection go. Not awaited, because where somebody cloned the response (as fetch
    // middleware does) that ends only when the clone is read to its end too.
    reader.cancel().catch(() => undefined);
  }
}

function readEvent(block: string): ServerSentEvent | undefined {
  const data: string[] = [];
  let event = 'message';
  for (const line of block.split('\n')) {
    const [, field, value] = /^([^:]+)(?:: ?(.*))?$/.exec(line) ?? [];
    if (field === 'data') data.push(value ?? '');
    if (field === 'event') event = value || 'message';
  }
  return data.length > 0 ? { event, data: data.join('\n') } : undefined;
}
