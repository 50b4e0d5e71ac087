// node src/main.ts serve | ingest | evaluate | purge-history
import { serve } from '@hono/node-server';
import { parseArgs } from 'node:util';
import { createAnswerer } from './answer.ts';
import { checkAtStart, createApi } from './api.ts';
import { loadSettings, type Settings } from './config.ts';
import { createEmbedder } from './embeddings.ts';
import { evaluate, readQuestions } from './evaluate.ts';
import { isFault } from './faults.ts';
import { makeGenerator, makeRetriever, makeSplitter } from './framework.ts';
import { createHistory } from './history.ts';
import { ingest } from './ingest.ts';
import { openStore, RULES } from './store.ts';
import { startTracing } from './telemetry.ts';

// Ends of a command: a fault, and an ingestion that could not read all of its sources.
const FAULT = 1;
const INCOMPLETE = 2;
const PURGE_EVERY_MS = 3_600_000;
const STOP_WITHIN_MS = 20_000;

const print = (value: object) => process.stdout.write(`${JSON.stringify(value)}\n`);

/** Wires the parts together. */
function build(settings: Settings) {
  return createAnswerer({
    settings,
    store: openStore(settings),
    embedder: createEmbedder(settings.embedding),
    history: createHistory(settings.history),
    makeRetriever,
    generate: makeGenerator(settings.llm),
  });
}

async function runServe(settings: Settings): Promise<number> {
  const answerer = build(settings);
  const { history, store } = answerer;
  await checkAtStart(answerer);
  const server = serve({ fetch: createApi(answerer).fetch, hostname: settings.host, port: settings.port });
  const purge = async () => {
    const deleted = await history.purge();
    if (deleted) console.error(`Deleted ${deleted} messages older than ${history.retentionDays} days`);
  };
  const purging = setInterval(purge, PURGE_EVERY_MS);
  await purge();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    const stop = () => {
      server.close(() => resolve());
      // Streams that are open get time to end.
      setTimeout(resolve, STOP_WITHIN_MS).unref();
    };
    process.once('SIGTERM', stop).once('SIGINT', stop);
  });
  clearInterval(purging);
  await Promise.allSettled([history.close(), store.close()]);
  return 0;
}

async function runIngest(settings: Settings): Promise<number> {
  const store = openStore(settings);
  const split = makeSplitter(settings.chunkTokens, settings.chunkOverlapTokens);
  try {
    const report = await ingest({ settings, store, embedder: createEmbedder(settings.embedding), split });
    print(report);
    return report.unavailable.length > 0 ? INCOMPLETE : 0;
  } finally {
    await store.close();
  }
}

async function runEvaluate(settings: Settings, path: string, leastHitRate: number): Promise<number> {
  const answerer = build(settings);
  try {
    const result = await evaluate(await readQuestions(path), question => answerer.retrieve(question), settings.topK);
    print(result);
    if (result.hit_rate >= leastHitRate) return 0;
    console.error(`The hit rate ${result.hit_rate} is under ${leastHitRate}.`);
    return FAULT;
  } finally {
    await Promise.allSettled([answerer.store.close(), answerer.history.close()]);
  }
}

async function runPurge(settings: Settings): Promise<number> {
  const history = createHistory(settings.history);
  const deleted = await history.purge();
  await history.close();
  if (deleted === undefined) {
    console.error('The chat history is unavailable or HISTORY_URL is not set.');
    return FAULT;
  }
  print({ deleted_messages: deleted });
  return 0;
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      questions: { type: 'string', default: 'evaluation/questions.jsonl' },
      'least-hit-rate': { type: 'string', default: '0' },
    },
  });
  const commands: Record<string, (settings: Settings) => Promise<number>> = {
    serve: runServe,
    ingest: runIngest,
    evaluate: settings => runEvaluate(settings, values.questions, Number(values['least-hit-rate'])),
    'purge-history': runPurge,
  };
  const command = commands[positionals[0] ?? ''];
  if (!command) {
    console.error(`Say what to do: ${Object.keys(commands).join(', ')}`);
    return FAULT;
  }
  const settings = loadSettings(process.env, RULES);
  await startTracing(settings.serviceName);
  return command(settings);
}

main().then(
  code => process.exit(code),
  error => {
    console.error(isFault(error) ? error.message : error);
    process.exit(FAULT);
  },
);
