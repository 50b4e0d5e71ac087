import { join } from 'node:path';
import { createChecks } from './checks.mjs';
import { CannotRunError } from './cache.mjs';
import {
  isGenerated,
  prepareNode,
  preparePython,
  STORE_ADDRESS,
} from './combinations.mjs';
import { DIMENSION } from './wordVectors.mjs';
import {
  CONTEXT_TOKENS,
  EMBEDDING_MODEL,
  EMBEDDING_TOKENS,
  LLM_MODEL,
} from './modelServers.mjs';
import {
  exerciseAnswers,
  exerciseIngestion,
  exerciseRefusals,
  exerciseStreams,
} from './exercise.mjs';
import {
  exerciseHostileDocuments,
  exerciseLargeDocument,
} from './exerciseDocuments.mjs';
import { exerciseFaults, exerciseOutage } from './exerciseFaults.mjs';
import { exerciseHalfPrecision } from './exerciseHalfPrecision.mjs';
import { exerciseHistory, exerciseHistoryOutage } from './exerciseHistory.mjs';
import { ragService } from './ragProcess.mjs';

async function prepare(framework, folder, options) {
  const { python, log } = options;
  if (framework === 'langchain-js') return prepareNode(folder, options);
  if (!python) throw new CannotRunError('it needs Python');
  return preparePython(python, folder, log);
}

/** Installs one generated service, runs its tests and exercises it on the server. Returns its figures. */
export async function runCombination(given) {
  const { framework, store, server, history, results, options, work } = given;
  const folder = join(work, 'services', `${framework}-${store}`);
  // The dry run counted it as failed.
  if (!isGenerated(folder)) return undefined;
  const prepared = await prepare(framework, folder, options);
  results.add(await prepared.test());

  const check = createChecks(results);
  const { variable, deadUrl } = STORE_ADDRESS[store];
  const env = {
    ...prepared.env,
    SERVICE_NAME: 'handbook',
    COLLECTION: `handbook_${framework.replaceAll('-', '_')}`,
    [variable]: server.url,
    EMBEDDING_URL: given.embeddings.url,
    EMBEDDING_API: 'tei',
    EMBEDDING_MODEL,
    EMBEDDING_DIMENSION: String(DIMENSION),
    EMBEDDING_MAX_TOKENS: String(EMBEDDING_TOKENS),
    LLM_URL: `${given.llm.url}/v1`,
    LLM_MODEL,
    LLM_CONTEXT_TOKENS: String(CONTEXT_TOKENS),
    SOURCES: given.corpus,
    ...(history && { HISTORY_URL: history.url }),
  };
  const service = {
    name: `${framework}-${store}`,
    // Services of three frameworks share a store and a history.
    collection: purpose => `${purpose}_${framework.replaceAll('-', '_')}`,
    session: `session-${framework}-${store}`,
    folder,
    ...ragService({ ...prepared, cwd: folder, env }),
  };
  const ingestion = await exerciseIngestion(check, service, given);
  const api = await service.serve();
  let answers;
  try {
    answers = await exerciseAnswers(check, service, api);
    await exerciseStreams(check, api);
  } finally {
    await api.stop();
  }
  if (history) await exerciseHistory(check, service, history);
  if (history?.start && history !== server) {
    await exerciseHistoryOutage(check, service, history);
  }
  await exerciseFaults(check, service, given);
  await exerciseHostileDocuments(check, service, given);
  await exerciseLargeDocument(check, service, given);
  if (server.start) await exerciseOutage(check, service, given);
  if (store === 'pgvector') {
    await exerciseHalfPrecision(check, service, given);
  }
  await exerciseRefusals(check, service, { storeVariable: variable, deadUrl });
  return ingestion && answers
    ? { framework, store, server: server.label, ...ingestion, ...answers }
    : undefined;
}
