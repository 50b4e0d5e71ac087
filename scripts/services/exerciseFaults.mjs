// Model servers that fail, and stores that go away.
import { setTimeout as sleep } from 'node:timers/promises';
import { equal, holds } from './checks.mjs';
import { DOCUMENTS, QUESTIONS } from './corpus.mjs';
import { waitFor } from './processes.mjs';
import { readEvents } from './ragProcess.mjs';

// Well under the seven seconds for which an ingestion tries again.
const OUTAGE_MS = 1500;

/** Each fault of the model server has its name. */
export async function exerciseFaults(check, service, { llm }) {
  const api = await service.serve({
    LLM_RETRIES: '0',
    LLM_TIMEOUT_SECONDS: '1',
  });
  const { question } = QUESTIONS[2];
  const wanted = [
    [429, 503, 'LlmBusy'],
    [500, 502, 'LlmFailed'],
    ['hang', 504, 'LlmTimeout'],
    ['malformed', 502, 'LlmStreamBroken'],
    ['cut', 502, 'LlmStreamBroken'],
  ];
  for (const [fault, status, code] of wanted) {
    await check(`a model server's ${fault} is ${code}`, async () => {
      llm.behaviour.fault = fault;
      const answer = await api.query({ question });
      equal(
        [answer.status, answer.json().error?.code],
        [status, code],
        'query',
      );
      const events = readEvents(
        (await api.query({ question, stream: true })).text,
      );
      equal([events.at(-1).name, events.at(-1).data.error?.code], ['error', code], 'stream'); // prettier-ignore
    });
  }
  llm.behaviour.fault = undefined;
  await check(
    'a question longer than the context is PromptTooLong',
    async () => {
      const { status, json } = await api.query({
        question: 'why so '.repeat(9000),
      });
      equal([status, json().error.code], [413, 'PromptTooLong'], 'answer');
    },
  );
  await check('is ready, counts and answers after all that', async () => {
    const ready = await api.get('/readyz');
    equal(ready.status, 200, ready.text);
    equal((await api.query({ question })).status, 200, 'answer');
    const { text } = await api.get('/metrics');
    holds(
      /rag_requests_total\{[^}]*LlmTimeout[^}]*\} [1-9]/.test(text),
      'no metric',
    );
  });
  await api.stop();
}

/** The store goes away in the middle of an ingestion and of a day of questions, and comes back. */
export async function exerciseOutage(check, service, { embeddings, server }) {
  await check('survives a store that goes away and comes back', async () => {
    const api = await service.serve();
    const ask = async () =>
      (await api.query({ question: QUESTIONS[3].question })).status;
    try {
      equal(await ask(), 200, 'before');
      embeddings.behaviour.delayMs = 40;
      const before = embeddings.spent.requests;
      const running = service.start(['ingest'], {
        COLLECTION: service.collection('interrupted'),
        EMBEDDING_BATCH_SIZE: '8',
      });
      await waitFor('The ingestion', running, () => embeddings.spent.requests - before > 10); // prettier-ignore
      await server.stop();
      equal(await ask(), 503, 'while the store is down');
      await sleep(OUTAGE_MS);
      await server.start();
      embeddings.behaviour.delayMs = 0;
      equal(await running.ended, 0, running.output());
      const again = await service.once(['ingest'], { COLLECTION: service.collection('interrupted') }); // prettier-ignore
      equal([again.report.unchanged, again.report.new], [DOCUMENTS, 0], 'stored'); // prettier-ignore
      equal(await ask(), 200, 'after');
    } finally {
      embeddings.behaviour.delayMs = 0;
      await api.stop();
    }
  });
}
