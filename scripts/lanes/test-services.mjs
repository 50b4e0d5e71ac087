#!/usr/bin/env node
// npm run test:services: generates the RAG services, and runs them on real stores. Last line: "N passed, N failed".
// Arguments narrow it down: frameworks (langchain, llama-index, langchain-js) and stores (chroma, pgvector, milvus);
// --each-once takes three of the nine pairs, in which each of them comes once.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from '../lib/install.mjs';
import { obeySignals, ownFolder } from '../lib/owned.mjs';
import { ROOT } from '../lib/paths.mjs';
import { phase, say } from '../lib/progress.mjs';
import { createResults, runJest } from '../lib/results.mjs';
import { ensureToolchain } from '../lib/toolchain.mjs';
import { runMain, UserError } from '../lib/UserError.mjs';
import { CannotRunError } from '../services/cache.mjs';
import { FRAMEWORKS, STORES } from '../services/combinations.mjs';
import { writeCorpus } from '../services/corpus.mjs';
import { findPython } from '../services/python.mjs';
import { printFigures } from '../services/figures.mjs';

const log = line => say(`  ${line}`);

/** Whether a pair is of those in which each framework and each store comes once. */
const onDiagonal = (framework, store) =>
  FRAMEWORKS.indexOf(framework) === STORES.indexOf(store);

function chosen() {
  const eachOnce = process.argv.includes('--each-once');
  const names = process.argv.slice(2).filter(n => n !== '--each-once');
  const unknown = names.filter(n => ![...FRAMEWORKS, ...STORES].includes(n));
  if (unknown.length > 0) {
    throw new UserError(
      `Unknown: ${unknown.join(', ')}. Choose of ${[...FRAMEWORKS, ...STORES].join(', ')}.`,
    );
  }
  const pick = all => {
    const some = all.filter(name => names.includes(name));
    return some.length > 0 ? some : all;
  };
  const frameworks = pick(FRAMEWORKS);
  return {
    stores: pick(STORES),
    frameworksOn: store =>
      frameworks.filter(name => !eachOnce || onDiagonal(name, store)),
  };
}

/** What `work` gives, or undefined and one line when this machine cannot have it. */
async function orExplain(what, work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CannotRunError)) throw error;
    say(`test:services runs without ${what}: ${error.message}`);
    return undefined;
  }
}

const temporary = prefix => ownFolder(mkdtempSync(prefix));

runMain(async () => {
  obeySignals();
  const { stores, frameworksOn } = chosen();
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  // Not before: a fresh clone has none of the dependencies that these need.
  const { startEmbeddingServer, startLanguageModel } =
    await import('../services/modelServers.mjs');
  const { runCombination } = await import('../services/runCombination.mjs');
  const { startChroma, startMilvus, startPostgres } =
    await import('../services/servers.mjs');
  const start = {
    chroma: startChroma,
    pgvector: startPostgres,
    milvus: startMilvus,
  };
  const { node, yarn, env } = toolchain;
  const results = createResults();
  const work = temporary(join(tmpdir(), 'promptside-services-'));
  const stops = [];
  try {
    mkdirSync(join(work, 'services'));
    await phase('Generating the services', async () =>
      results.add(
        await runJest(
          [...yarn, 'backstage-cli', 'package', 'test'],
          ['--watchAll=false', '--silent', '--rootDir', 'services-tests'],
          {
            cwd: join(ROOT, 'packages', 'backend'),
            env: {
              ...env,
              CI: 'true',
              PROMPTSIDE_SERVICES_DIR: join(work, 'services'),
            },
          },
        ),
      ),
    );
    const corpus = join(work, 'corpus');
    const { own, runbooks } = writeCorpus(corpus);
    say(`  ${own} documents of the project and ${runbooks} runbooks`);
    const embeddings = await startEmbeddingServer();
    const llm = await startLanguageModel();
    stops.push(embeddings.stop, llm.stop);
    const python = await orExplain('Python', findPython);
    const options = { node, env, python, log };
    const history = await orExplain('PostgreSQL', () =>
      // A user without rights has to reach it: not below `work`, and not below a home folder.
      startPostgres(temporary('/tmp/promptside-pg-'), options),
    );
    if (history) {
      stops.push(history.stop);
      say(`  history: ${history.label}`);
    }
    if (stores.includes('pgvector')) {
      if (history?.isReal) {
        await phase(`The portal's SQL probe on ${history.label}`, async () =>
          results.add(
            await runJest(
              [...yarn, 'backstage-cli', 'package', 'test'],
              ['--watchAll=false', '--silent', '--rootDir', 'services-tests'],
              {
                cwd: join(ROOT, 'plugins', 'genai-backend'),
                env: { ...env, CI: 'true', PROMPTSIDE_PG_URL: history.url },
              },
            ),
          ),
        );
      } else {
        say(
          "test:services does not try the portal's SQL probe: it needs a real PostgreSQL",
        );
      }
    }
    const figures = [];
    for (const store of stores) {
      const server =
        store === 'pgvector'
          ? history
          : await orExplain(store, () => {
              if (store === 'milvus' && !python)
                throw new CannotRunError('it needs Python');
              return start[store](join(work, store), options);
            });
      if (!server) continue;
      say(`  ${store}: ${server.label}`);
      if (!server.start) {
        say(
          `test:services does not take ${server.label} away from a service and back: its restart is not known to be quick, or keeps nothing`,
        );
      }
      for (const framework of frameworksOn(store)) {
        await phase(`${framework} on ${store}`, () =>
          orExplain(`${framework} on ${store}`, async () => {
            const figure = await runCombination({
              ...{ framework, store, server, history, embeddings, llm, corpus },
              ...{ results, options, work },
            });
            if (figure) figures.push(figure);
          }),
        );
      }
      if (server !== history) await server.stop();
    }
    printFigures(figures);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
  results.finish();
});
