import { FakeClock } from '../__testUtils__/FakeClock';
import { FakeTransport } from '../__testUtils__/FakeTransport';
import { createChatService, type ChatQuestion } from './createChatService';

/** A model server that begins an answer and never ends it. */
function setup() {
  const transport = new FakeTransport();
  const clock = new FakeClock();
  const stopped = new AbortController();
  const request: FakeTransport['request'] = async (_, path, init) => {
    transport.requests.push({
      cluster: 'one',
      path,
      query: new URLSearchParams(),
      signal: init?.signal,
    });
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        init?.signal?.addEventListener('abort', () =>
          controller.error(init.signal?.reason),
        );
      },
    });
    return new Response(body, {
      headers: { 'content-type': 'text/event-stream' },
    });
  };
  transport.request = request;
  const chat = createChatService({
    config: { enabled: true },
    transport,
    clock,
    signal: stopped.signal,
  });
  const question = (user: string): ChatQuestion => ({
    user,
    cluster: 'one',
    target: { path: '/chat', namespace: 'team-a' },
    question: { messages: [{ role: 'user', content: 'Hello' }] },
    signal: new AbortController().signal,
  });
  const listen = async (user: string) => {
    for await (const _ of await chat.ask(question(user))) {
      // an answer that never comes has no words
    }
  };
  return { transport, clock, stopped, chat, question, listen };
}

describe('chat service', () => {
  it('ends an answer after a minute and lets go of the model server', async () => {
    const { transport, clock, listen } = setup();
    const outcome = listen('a').catch(error => error);
    await clock.advance(59_999);
    expect(transport.requests[0].signal?.aborted).toBe(false);
    await clock.advance(1);
    expect(await outcome).toMatchObject({
      name: 'ServiceUnavailableError',
      message: 'The answer did not end within 60 seconds',
    });
    expect(transport.requests[0].signal?.aborted).toBe(true);
    clock.assertIdle();
  });

  it('gives the turn back after a failure', async () => {
    const { clock, chat, question, listen } = setup();
    const outcome = listen('a').catch(error => error);
    await clock.advance(60_000);
    await outcome;
    await expect(chat.ask(question('a'))).resolves.toBeDefined();
  });

  it('answers many people, but not all at once', async () => {
    const { chat, question } = setup();
    for (let index = 0; index < 16; index += 1) {
      await chat.ask(question(`user-${index}`));
    }
    await expect(chat.ask(question('one-more'))).rejects.toMatchObject({
      name: 'ServiceUnavailableError',
    });
  });

  it('ends with the backend', async () => {
    const { clock, stopped, listen } = setup();
    const outcome = listen('a').catch(error => error);
    await clock.advance(0);
    stopped.abort();
    expect(await outcome).toMatchObject({ name: 'AbortError' });
    clock.assertIdle();
  });
});
