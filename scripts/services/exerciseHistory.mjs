// The chat history: kept, aged, and away.
import { equal } from './checks.mjs';
import { QUESTIONS } from './corpus.mjs';
import { queryOnce } from './pg.mjs';
import { waitFor } from './processes.mjs';

/** Two questions, a restart, and a third: the model sees the first two. Then it grows old, and goes away. */
export async function exerciseHistory(check, service, history) {
  await check('keeps the history over a restart of the service', async () => {
    const ask = async api => {
      const { json } = await api.query({
        question: QUESTIONS[1].question,
        session_id: service.session,
      });
      const { answer, history } = json();
      return [history, answer.match(/You asked (\d+) before/)?.[1] ?? '0'];
    };
    let api = await service.serve();
    equal([await ask(api), await ask(api)], [['Kept', '0'], ['Kept', '1']], 'asked'); // prettier-ignore
    await api.stop();
    api = await service.serve();
    try {
      equal(await ask(api), ['Kept', '2'], 'after the restart');
    } finally {
      await api.stop();
    }
  });
  await check('forgets what is older than the retention', async () => {
    await queryOnce(
      history.url,
      "UPDATE rag_messages SET created_at = now() - interval '31 days' WHERE session_id = $1",
      [service.session],
    );
    const { code, report, said } = await service.once(['purge-history']);
    equal([code, report?.deleted_messages], [0, 6], said);
  });
  await check('answers without history when it is down', async () => {
    const api = await service.serve({
      HISTORY_URL: 'postgresql://nobody@127.0.0.1:1/none',
    });
    try {
      const { status, json } = await api.query({
        question: QUESTIONS[1].question,
        session_id: service.session,
      });
      equal([status, json().history], [200, 'Unavailable'], 'answer');
    } finally {
      await api.stop();
    }
  });
}

/** The history goes away while the service runs, and comes back; its store stays. */
export async function exerciseHistoryOutage(check, service, history) {
  await check(
    'answers while the history is away, and keeps it again',
    async () => {
      const api = await service.serve();
      const kept = async () => {
        const { status, json, text } = await api.query({
          question: QUESTIONS[4].question,
          session_id: `${service.session}-outage`,
        });
        equal(status, 200, text);
        return json().history;
      };
      try {
        equal(await kept(), 'Kept', 'before');
        await history.stop();
        equal(await kept(), 'Unavailable', 'while it is down');
        await history.start();
        // A service asks again after a pause, not with every question.
        await waitFor(
          'The history',
          api,
          async () => (await kept()) === 'Kept',
        );
      } finally {
        await history.start();
        await api.stop();
      }
    },
  );
}
