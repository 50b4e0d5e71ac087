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

  it.each([
    ['event: done\ndata: a\n\n', 'done'],
    ['event:\ndata: a\n\n', 'message'],
    ['event\ndata: a\n\n', 'message'],
    ['event: done\nevent:\ndata: a\n\n', 'message'],
  ])('names the event of %j', async (text, event) => {
    expect(await all(readServerSentEvents(streamOf(text)))).toEqual([
      { event, data: 'a' },
    ]);
  });

  it('keeps the name of one event from the next, and drops events without data', async () => {
    const body = streamOf('event: ping\n\nevent: done\ndata: a\n\ndata: b\n\n');
    expect(await all(readServerSentEvents(body))).toEqual([
      { event: 'done', data: 'a' },
      { event: 'message', data: 'b' },
    ]);
  });

  it('cancels the stream when its reader leaves, and survives a stream that cannot be cancelled', async () => {
    const cancel = jest.fn().mockRejectedValue(new Error('already gone'));
    const body = new ReadableStream<Uint8Array>({
      start: controller =>
        controller.enqueue(new TextEncoder().encode('data: a\n\n')),
      cancel,
    });
    for await (const { data } of readServerSentEvents(body)) {
      expect(data).toBe('a');
      break;
    }
    expect(cancel).toHaveBeenCalledTimes(1);
  });

  it('passes on why the connection broke, after what had arrived', async () => {
    let parts = ['data: a\n\n'];
    const body = new ReadableStream<Uint8Array>(
      {
        pull(controller) {
          const [part] = parts;
          parts = [];
          if (part) controller.enqueue(new TextEncoder().encode(part));
          else controller.error(new Error('connection reset'));
        },
      },
      { highWaterMark: 0 },
    );
    const events = readServerSentEvents(body);
    expect(await events.next()).toMatchObject({ value: { data: 'a' } });
    await expect(events.next()).rejects.toThrow('connection reset');
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

  it.each(['nonsense', '{}', '{"error":{"name":"NoMessage"}}'])(
    'throws a plain error where the backend sends the error %j',
    async data => {
      const body = streamOf(`event: error\ndata: ${data}\n\n`);
      await expect(all(readChatText(body))).rejects.toMatchObject({
        name: 'Error',
        message: 'The answer broke off',
      });
    },
  );

  it('passes over a chunk without choices, such as one of token counts', async () => {
    const body = streamOf(
      'data: {"choices":[],"usage":{"total_tokens":3}}\n\n',
      chunk('Hel'),
      'data: {"choices":[{"delta":{}}]}\n\n',
      'data: [DONE]\n\n',
    );
    expect(await all(readChatText(body))).toEqual(['Hel']);
  });

  it('throws when the end is missing', async () => {
    await expect(all(readChatText(streamOf(chunk('Hel'))))).rejects.toThrow(
      /broke off/,
    );
  });
});
