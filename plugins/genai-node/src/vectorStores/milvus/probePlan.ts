import type {
  IndexState,
  StoreCollection,
} from '@promptside/backstage-plugin-genai-common';
import { asList, asNumber, asRecord, asText } from '../jsonValues';
import type { ProbeAnswer, ProbePlan, ProbeRequest } from '../ProbePlan';
import {
  checkListed,
  checkReachable,
  embeddingModelOf,
  isRefusal,
  jsonOf,
  MAX_COLLECTIONS,
  MAX_DETAILED,
  silentReading,
} from '../probeAnswers';
import { fail, pass } from '../ruleWords';
import type { RuleCheck } from '../VectorStoreSpoke';
import { checkHealthz } from './readHealthz';

/** Port of the REST API. */
export const API_PORT = 19_530;
const HEALTH_PORT = 9091;

/** REST v2 reads by POST as well. */
function ask(path: string, body: object = {}): ProbeRequest {
  return { port: API_PORT, path: `/v2/vectordb/${path}`, body };
}

/**
 * Milvus: `/healthz` of the management port, then REST v2. The API answers HTTP 200 whatever happened; the body's `code` decides.
 */
export const milvusProbePlan: ProbePlan = function* plan() {
  const [[health], [list]] = yield [
    { port: HEALTH_PORT, path: '/healthz' },
    ask('collections/list'),
  ];
  const first = health.ok || !list.ok ? health : list;
  if (!first.ok) return silentReading(first);
  const listed = readBody(list);
  const checks: RuleCheck[] = [
    list.ok ? checkReachable(list) : checkApi(list),
    ...checkHealthz(health),
  ];
  const latencyMs = list.ok ? list.latencyMs : health.latencyMs;
  if (!listed.ok) {
    return {
      checks: [...checks, listed.fault ?? checkListed(list)],
      collections: [],
      latencyMs,
    };
  }
  const names = asList(listed.data).flatMap(name => asText(name) ?? []);
  const asked = names.slice(0, MAX_DETAILED);
  const details = yield asked.flatMap(collectionName => [
    ask('collections/describe', { collectionName }),
    ask('collections/get_stats', { collectionName }),
    ask('collections/get_load_state', { collectionName }),
  ]);
  const described = asked.map((name, index) => {
    const [row, stats, load] = [0, 1, 2].map(part =>
      asRecord(readBody(details[index * 3 + part][0]).data),
    );
    return { name, row, stats, load };
  });
  const indexNames = described.map(({ row }) => {
    const [index] = asList(row.indexes).map(asRecord);
    return asText(index?.indexName);
  });
  const indexes = yield described.map(({ name }, index) =>
    ask('indexes/describe', {
      collectionName: name,
      indexName: indexNames[index] ?? '',
    }),
  );
  return {
    checks: [...checks, pass('Collections')],
    collections: names.slice(0, MAX_COLLECTIONS).map((name, index) => {
      const known = described[index];
      if (!known) return { name, indexState: 'Unknown' as const };
      const [built] = asList(readBody(indexes[index][0]).data).map(asRecord);
      return toCollection(known, built);
    }),
    collectionCount: names.length,
    latencyMs,
  };
};

/** The management port answers, the API does not. */
function checkApi(answer: ProbeAnswer): RuleCheck {
  const check = checkReachable(answer);
  return check.outcome === 'Fail'
    ? {
        ...check,
        message: `The management port answers, the API does not: ${check.message}`,
      }
    : check;
}

type Body =
  | { ok: true; data: unknown }
  | { ok: false; data?: undefined; fault?: RuleCheck };

function readBody(answer: ProbeAnswer): Body {
  const body = asRecord(jsonOf(answer));
  const code = asNumber(body.code);
  if (code === 0) return { ok: true, data: body.data };
  // 1800: credentials are wanted
  if (code === undefined || code === 1800 || isRefusal(answer)) {
    return { ok: false };
  }
  return {
    ok: false,
    fault: fail('Collections', 'Degraded', {
      reason: 'ApiError',
      message: `The API answers HTTP 200 with code ${code}: ${asText(body.message) ?? 'no message'}`,
    }),
  };
}

/** Words of `indexes/describe`. */
const INDEX_STATES: Readonly<Record<string, IndexState>> = {
  Finished: 'Ready',
  InProgress: 'Building',
  Unissued: 'Building',
  Failed: 'Invalid',
};

function toCollection(
  known: {
    name: string;
    row: Record<string, unknown>;
    stats: Record<string, unknown>;
    load: Record<string, unknown>;
  },
  built: Record<string, unknown> | undefined,
): StoreCollection {
  const { name, row, stats, load } = known;
  const vector = asList(row.fields)
    .map(asRecord)
    .find(({ type }) => /Vector$/.test(String(type)));
  const params = asList(vector?.params).map(asRecord);
  const dimension = asNumber(params.find(({ key }) => key === 'dim')?.value);
  const [index] = asList(row.indexes).map(asRecord);
  const metric = asText(built?.metricType) ?? asText(index?.metricType);
  const count = asNumber(stats.rowCount);
  const kind = asText(built?.indexType)?.toLocaleLowerCase('en-US');
  const loadState = asText(load.loadState);
  const model =
    embeddingModelOf(row.description) ??
    asList(row.properties)
      .map(asRecord)
      .flatMap(
        ({ key, value }) => embeddingModelOf({ [String(key)]: value }) ?? [],
      )[0];
  const message = asText(built?.failReason) ?? progressOf(load, loadState);
  return {
    name,
    ...(dimension === undefined ? {} : { dimension }),
    ...(metric ? { metric: metric.toLocaleLowerCase('en-US') } : {}),
    // rows that are not flushed yet and deleted ones make it inexact
    ...(count === undefined
      ? {}
      : { count: { value: count, grade: 'estimated' as const } }),
    indexState: built
      ? (INDEX_STATES[String(built.indexState)] ?? 'Unknown')
      : indexMissing(row),
    ...(kind ? { indexKind: kind } : {}),
    ...(message ? { message } : {}),
    ...(loadState
      ? { loaded: loadState === 'LoadStateLoaded' || loadState === 'Loaded' }
      : {}),
    ...(model ? { embeddingModel: model } : {}),
  };
}

/** Described, and no index is in the description: there is none. */
function indexMissing(row: Record<string, unknown>): IndexState {
  return Array.isArray(row.indexes) && row.indexes.length === 0
    ? 'Missing'
    : 'Unknown';
}

function progressOf(
  load: Record<string, unknown>,
  state: string | undefined,
): string | undefined {
  const percent = asNumber(load.loadProgress);
  return state && /Loading$/.test(state) && percent !== undefined
    ? `${percent} % loaded`
    : undefined;
}
