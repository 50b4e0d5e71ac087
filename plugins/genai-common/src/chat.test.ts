import { problemsOf } from './__testUtils__/problemsOf';
import { chatRequestSchema, MAX_CHAT_BYTES } from './chat';

const said = (content: string) => ({ role: 'user', content });
const most = 'a'.repeat(MAX_CHAT_BYTES);

describe('a question to a model server', () => {
  it.each([
    [[said(most)]],
    [[{ role: 'system', content: 'Be brief' }, said('hello')]],
    [Array.from({ length: 20 }, () => said('a'))],
    // three bytes each
    [[said('€'.repeat(Math.floor(MAX_CHAT_BYTES / 3)))]],
  ])('of few enough bytes and messages is taken (%#)', messages => {
    expect(problemsOf(chatRequestSchema, { messages })).toEqual([]);
  });

  it.each([
    [[said(most), said('a')]],
    // fewer characters than the limit, and more bytes
    [[said('€'.repeat(MAX_CHAT_BYTES / 2))]],
  ])('is refused by the bytes of all messages together (%#)', messages => {
    expect(problemsOf(chatRequestSchema, { messages })).toEqual([
      `messages: must hold at most ${MAX_CHAT_BYTES} bytes of text in all`,
    ]);
  });

  it.each<[string, object, RegExp]>([
    ['without a message', { messages: [] }, /^messages: /],
    [
      'with an empty message',
      { messages: [said('')] },
      /^messages\.0\.content/,
    ],
    [
      'with 21 messages',
      { messages: Array.from({ length: 21 }, () => said('a')) },
      /^messages: /,
    ],
    [
      'in the name of a tool',
      { messages: [{ role: 'tool', content: 'a' }] },
      /^messages\.0\.role/,
    ],
    [
      'for a longer answer than a trial needs',
      { messages: [said('a')], maxTokens: 513 },
      /^maxTokens: /,
    ],
    [
      'with an option that it does not know',
      { messages: [said('a')], temperature: 2 },
      /temperature/,
    ],
  ])('is refused %s', (_, request, message) => {
    expect(problemsOf(chatRequestSchema, request)).toEqual([
      expect.stringMatching(message),
    ]);
  });
});
