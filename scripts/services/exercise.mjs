// What every generated service has to do on real servers.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from './processes.mjs';
import { equal, holds } from './checks.mjs';
import { DOCUMENTS, QUESTIONS } from './corpus.mjs';
import { readEvents } from './ragProcess.mjs';

const median = values => values.toSorted((a, b) => a - b)[values.length >> 1];

/** Ingests, and again, and after a kill. Returns chunks and seconds of the undisturbed run. */
export async function exerciseIngestion(
  check,
  service,
  { embeddings, corpus },
) {
  let figures;
  await check(`ingests ${DOCUMENTS} documents`, async () => {
    const began = embeddings.spent.ms;
    const { code, report, said } = await service.once(['ingest']);
    equal(code, 0, `exit code (${said})`);
    equal(report.new, DOCUMENTS, 'new documents');
    figures = {
      chunks: report.chunks_written,
      seconds: report.seconds,
      chunksPerSecond: report.chunks_per_second,
      embeddingSeconds: (embeddings.spent.ms - began) / 1000,
    };
  });
  await check('ingests the same again and writes nothing', async () => {
    const before = embeddings.spent.requests;
    const { code, report } = await service.once(['ingest']);
    equal(code, 0, 'exit code');
    equal(
      [report.unchanged, report.chunks_written, report.removed],
      [DOCUMENTS, 0, 0],
      'unchanged, written, removed',
    );
    // One for /info.
    holds(embeddings.spent.requests - before <= 1, 'it embedded something');
  });
  await check('a run killed half-way is completed by the next', async () => {
    const other = {
      COLLECTION: service.collection('killed'),
      EMBEDDING_BATCH_SIZE: '8',
    };
    embeddings.behaviour.delayMs = 40;
    const before = embeddings.spent.requests;
    const killed = service.start(['ingest'], other);
    const half = figures.chunks / 8 / 2;
    await waitFor(
      'The ingestion',
      killed,
      () => embeddings.spent.requests - before > half,
    );
    killed.kill('SIGKILL');
    equal(await killed.ended, 'SIGKILL', 'end of the first run');
    embeddings.behaviour.delayMs = 0;
    const { report, said } = await service.once(['ingest'], other);
    holds(report, said);
    const { chunks_written: written, unchanged } = report;
    holds(
      written > 0 && written < figures.chunks,
      `the second run wrote ${written} of ${figures.chunks} chunks`,
    );
    holds(unchanged > 0, 'the second run found nothing of the first');
    const third = (await service.once(['ingest'], other)).report;
    equal([third.unchanged, third.chunks_written], [DOCUMENTS, 0], 'third run');
  });
  await check('names a folder that is missing and loses nothing', async () => {
    const { code, report } = await service.once(['ingest'], {
      SOURCES: `${corpus} /nowhere/at-all`,
    });
    equal([code, report.removed, report.unavailable.length], [2, 0, 1], 'run');
  });
  return figures;
}

/** Asks twenty questions. Returns the median of each stage in milliseconds. */
export async function exerciseAnswers(check, service, api) {
  const timings = [];
  let found = 0;
  let cited = 0;
  const missed = [];
  for (const { question, source, words } of QUESTIONS) {
    const { status, text, json } = await api.query({ question });
    if (status !== 200) {
      missed.push(`${question}: ${status} ${text}`);
      continue;
    }
    const { answer, citations, timings: spent } = json();
    timings.push(spent);
    const right = citations.find(c => c.source.endsWith(source));
    if (right && citations.length <= 5) found += 1;
    else missed.push(`${question}: ${citations.map(c => c.source).join(' ')}`);
    const number = Number(answer.match(/\[(\d+)\]/)?.[1]);
    const quoted = citations.find(c => c.number === number);
    const fine =
      quoted?.text.includes(words) &&
      quoted.source.endsWith(source) &&
      quoted.score > 0 &&
      quoted.score <= 1;
    if (fine) cited += 1;
    else missed.push(`${question}: answered ${answer}`);
  }
  await check('finds more than 90 % of the right documents among 5', () =>
    holds(
      found / QUESTIONS.length > 0.9,
      `${found} of 20\n${missed.join('\n')}`,
    ),
  );
  await check('cites the passage that holds the words of the answer', () =>
    holds(
      cited / QUESTIONS.length > 0.9,
      `${cited} of 20\n${missed.join('\n')}`,
    ),
  );
  await check('its own evaluation says the same', async () => {
    const rows = QUESTIONS.map(({ question, source }) =>
      JSON.stringify({ question, sources: [source] }),
    );
    const file = join(service.folder, 'questions.jsonl');
    writeFileSync(file, rows.join('\n'));
    const { code, report, said } = await service.once([
      ...['evaluate', '--questions', file, '--least-hit-rate', '0.9'],
    ]);
    equal(code, 0, said);
    equal(report.questions, 20, 'questions');
    holds(report.hit_rate === found / 20 && report.mrr > 0.5, said);
  });
  const of = stage => median(timings.map(spent => spent[`${stage}_ms`]));
  return timings.length === 0
    ? undefined
    : {
        hitRate: found / QUESTIONS.length,
        totalMs: of('total'),
        embeddingMs: of('embedding'),
        storeMs: of('store'),
        llmMs: of('llm'),
        overheadMs: of('overhead'),
      };
}

/** Streams of both APIs. */
export async function exerciseStreams(check, api) {
  const { question } = QUESTIONS[0];
  await check('streams citations, tokens and the whole answer', async () => {
    const { text } = await api.query({ question, stream: true });
    const events = readEvents(text);
    equal(
      [events[0].name, events.at(-1).name],
      ['citations', 'done'],
      'events',
    );
    const tokens = events.filter(({ name }) => name === 'token');
    holds(tokens.length > 3, `${tokens.length} tokens`);
    equal(
      tokens.map(({ data }) => data.text).join(''),
      events.at(-1).data.answer,
      'text of the stream',
    );
  });
  await check("speaks OpenAI's API, streamed too", async () => {
    const models = (await api.get('/v1/models')).json();
    const model = models.data[0].id;
    const messages = [{ role: 'user', content: question }];
    const whole = (await api.chat({ model, messages })).json();
    const { text } = await api.chat({ model, messages, stream: true });
    const lines = text.trim().split('\n\n');
    equal(lines.at(-1), 'data: [DONE]', 'end of the stream');
    const streamed = lines
      .slice(0, -1)
      .map(line => JSON.parse(line.slice(6)).choices[0]?.delta.content ?? '')
      .join('');
    equal(streamed, whole.choices[0].message.content, 'streamed answer');
    holds(whole.citations.length > 0, 'it has no citations');
  });
}

/** Refusals at start. */
export async function exerciseRefusals(
  check,
  service,
  { storeVariable, deadUrl },
) {
  await check('refuses a collection of another dimension', async () => {
    const { code, said } = await service.once(['serve'], { EMBEDDING_DIMENSION: '384', PORT: '1' }); // prettier-ignore
    holds(code !== 0, 'it started');
    holds(/768 dimensions, EMBEDDING_DIMENSION is 384/.test(said), said);
  });
  await check('refuses a collection of another embedding model', async () => {
    const { code, said } = await service.once(['serve'], { EMBEDDING_MODEL: 'another/model', PORT: '1' }); // prettier-ignore
    holds(code !== 0, 'it started');
    holds(
      /made with the embedding model promptside\/words-768/.test(said),
      said,
    );
  });
  await check(
    'names everything that is wrong with its configuration',
    async () => {
      const { code, said } = await service.once(['serve'], { TOP_K: 'five', COLLECTION: 'x"; DROP TABLE y', LLM_URL: '' }); // prettier-ignore
      holds(code !== 0, 'it started');
      for (const name of ['TOP_K', 'COLLECTION', 'LLM_URL'])
        holds(said.includes(`- ${name} `), `${name} is not named: ${said}`);
    },
  );
  await check(
    'starts while the store is down, and says that it is not ready',
    async () => {
      const down = { [storeVariable]: deadUrl, STORE_TIMEOUT_SECONDS: '2' };
      const api = await service.serve(down);
      try {
        const ready = await api.get('/readyz');
        const store = ready.json().checks.find(({ name }) => name === 'store');
        equal([ready.status, store.outcome], [503, 'Fail'], ready.text);
        const { status, json } = await api.query({ question: 'Why?' });
        equal([status, json().error.code], [503, 'StoreUnavailable'], 'answer');
      } finally {
        await api.stop();
      }
      const { code, said } = await service.once(['ingest'], down);
      equal(code, 1, said);
    },
  );
}
