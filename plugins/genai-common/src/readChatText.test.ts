/** @jest-environment node */
import { readChatText } from './readChatText';
import { readServerSentEvents } from './readServerSentEvents';

function streamOf(...parts: Array<string | Uint8Array>) {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) {
        controller.enqueue(
          typeof part === 'string' ? encoder.encode(part) : part,
        );
      }
      controller.close();
    },
  });
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const chunk = (content: string) =>
  `data: ${JSON.stringify({
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  })}\n\n`;

describe('readServerSentEvents', () => {
  it.each([
    ['data: a\n\ndata: b\n\n', ['a', 'b']],
    ['data:a\r\n\r\ndata: b\r\n\r\n', ['a', 'b']],
    ['data: a\r\rdata: b\n\n', ['a', 'b']],
    [': a comment\n\nid: 1\nretry: 5\ndata: a\n\n', ['a']],
    ['data: a\ndata: b\n\n', ['a\nb']],
    ['data:  a: b\n\n', [' a: b']],
    ['data\n\n', ['']],
    ['data: a\n\ndata: cut off', ['a']],
    ['', []],
  ])('reads %j', async (text, expected) => {
    const events = await all(readServerSentEvents(streamOf(text)));
    expect(events.map(({ data }) => data)).toEqual(expected);
  });

  it('reads events however they are cut', async () => {
    const text = 'event: error\r\ndata: wörd\r\n\r\ndata: b\r\n\r\n';
    const bytes = new TextEncoder().encode(text);
    const events = await all(
      readServerSentEvents(
        streamOf(...[...bytes].map(byte => new Uint8Array([byte]))),
      ),
    );
    expect(events).toEqual([
      { event: 'error', data: 'wörd' },
      { event: 'message', data: 'b' },
    ]);
  });

  it('refuses an event without an end', async () => {
    const endless = streamOf('data: ', 'x'.repeat(300 * 1024));
    await expect(all(readServerSentEvents(endless))).rejects.toThrow(
      /more than/,
    );
  });
});

describe('readChatText', () => {
  it('yields the parts of the text and passes over what it does not know', async () => {
    const body = streamOf(
      chunk(''),
      chunk('Hel'),
      'data: {"object":"ping"}\n\n',
      'data: nonsense\n\n',
      chunk('lo'),
      'data: [DONE]\n\n',
      chunk('!'),
    );
    expect(await all(readChatText(body))).toEqual(['Hel', 'lo']);
  });

  it('throws the error that the backend sends', async () => {
    const error = { name: 'ServiceUnavailableError', message: 'gone' };
    const body = streamOf(
      chunk('Hel'),
      `event: error\ndata: ${JSON.stringify({ error, response: { statusCode: 503 } })}\n\n`,
    );
    await expect(all(readChatText(body))).rejects.toMatchObject(error);
  });

  it('throws when the end is missing', async () => {
    await expect(all(readChatText(streamOf(chunk('Hel'))))).rejects.toThrow(
      /broke off/,
    );
  });
});
