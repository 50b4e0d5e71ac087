import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  EMBEDDING_TOKENS,
  startEmbeddingServer,
  startLanguageModel,
} from './modelServers.mjs';
import { DIMENSION, embedWords } from './wordVectors.mjs';

let embeddings;
let llm;
before(async () => {
  embeddings = await startEmbeddingServer();
  llm = await startLanguageModel();
});
after(() => Promise.all([embeddings.stop(), llm.stop()]));

const post = (url, body) =>
  fetch(url, { method: 'POST', body: JSON.stringify(body) });
const cosine = (a, b) =>
  a.reduce((sum, value, index) => sum + value * b[index], 0);

test('texts that share words are near, others are not', () => {
  const [asked, right, wrong] = [
    'How is a failed disk replaced?',
    'Replacing failed disks: pull the drive',
    'Watering the office plants',
  ].map(text => embedWords(text));
  assert.equal(asked.length, DIMENSION);
  assert.ok(cosine(asked, right) > 0.4);
  assert.ok(cosine(asked, wrong) < 0.15);
});

test('refuses a text that is too long, as TEI does, unless it may be cut', async () => {
  const long = 'word '.repeat(EMBEDDING_TOKENS + 1);
  const refused = await post(`${embeddings.url}/embed`, { inputs: [long] });
  assert.equal(refused.status, 413);
  assert.match((await refused.json()).error, /must have less than 512 tokens/);
  const cut = await post(`${embeddings.url}/embed`, {
    inputs: [long],
    truncate: true,
  });
  assert.equal(cut.status, 200);
});

test('quotes the passage that shares most words with the question', async () => {
  const answer = await post(`${llm.url}/v1/chat/completions`, {
    messages: [
      {
        role: 'system',
        content:
          'Rules.\n\n<<<MARK\n[1] Tea (tea.md)\nGreen tea is hot.\n\n[2] Bread (bread.md)\nBread needs salt.\nIt rests.\nMARK>>>',
      },
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Hi' },
      { role: 'user', content: 'What does bread need?' },
    ],
  });
  const { choices } = await answer.json();
  assert.equal(
    choices[0].message.content,
    'Bread needs salt. [2]. You asked 1 before.',
  );
});

test('fails as it is told', async () => {
  llm.behaviour.fault = 429;
  const messages = [{ role: 'user', content: 'x' }];
  const url = `${llm.url}/v1/chat/completions`;
  assert.equal((await post(url, { messages })).status, 429);
  llm.behaviour.fault = 'cut';
  const broken = await post(url, {
    stream: true,
    messages: [{ role: 'system', content: '' }, ...messages],
  });
  await assert.rejects(broken.text());
  llm.behaviour.fault = undefined;
});
