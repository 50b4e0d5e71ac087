import type { StoreCollection } from '@promptside/backstage-plugin-genai-common';
import { asNumber, asRecord, asText } from '../jsonValues';
import type { ProbeAnswer } from '../ProbePlan';
import {
  embeddingModelOf,
  jsonOf,
  MAX_COLLECTIONS,
  MAX_DETAILED,
} from '../probeAnswers';
import { addTo, restPlan, unlisted } from '../restPlan';
import { fail, pass, unknown } from '../ruleWords';
import type { RuleCheck } from '../VectorStoreSpoke';

const PORT = 8000;
const COLLECTIONS =
  '/api/v2/tenants/default_tenant/databases/default_database/collections';

/**
 * Chroma's API v2 (1.0 and newer): heartbeat, health of executor and log client, version, collections and their counts. Only the
 * default tenant and database are looked at. v1 routes of these servers answer 410, and older servers answer 404 here.
 */
export const chromaProbePlan = restPlan(
  PORT,
  [
    '/api/v2/heartbeat',
    '/api/v2/healthcheck',
    '/api/v2/version',
    `${COLLECTIONS}?limit=${MAX_COLLECTIONS}`,
  ],
  function* read({ answers, reached, get }) {
    const [heartbeat, health, version, list] = answers;
    if (heartbeat.ok && heartbeat.statusCode === 404) {
      const old = unknown('Collections', {
        reason: 'OldApi',
        message:
          'This server has no API v2; Chroma 1.0 and newer can be probed',
      });
      return addTo(reached, { checks: [old] });
    }
    const reading = addTo(reached, {
      checks: checkHealth(health),
      version: asText(jsonOf(version)),
    });
    const rows = jsonOf(list);
    if (!Array.isArray(rows)) return unlisted(reading, list);
    const known = rows.map(asRecord);
    const asked = known
      .filter(({ id }) => typeof id === 'string')
      .slice(0, MAX_DETAILED);
    const counts = yield asked.map(({ id }) =>
      get(`${COLLECTIONS}/${encodeURIComponent(String(id))}/count`),
    );
    const countById = new Map(
      asked.map(({ id }, index) => [id, asNumber(jsonOf(counts[index][0]))]),
    );
    return {
      ...addTo(reading, { checks: [pass('Collections')] }),
      collections: known.flatMap(row =>
        toCollection(row, countById.get(row.id)),
      ),
      // a full page may not be all there is
      ...(known.length < MAX_COLLECTIONS
        ? { collectionCount: known.length }
        : {}),
    };
  },
);

/** `is_executor_ready`, `is_log_client_ready`; the first version of the route had no body. */
function checkHealth(answer: ProbeAnswer): RuleCheck[] {
  if (!answer.ok) return [];
  // the body says what is wrong also behind 503
  const body = jsonOf({ ...answer, statusCode: 200 });
  const waiting = Object.entries(asRecord(body))
    .filter(([key, value]) => /^is_.*_ready$/.test(key) && value === false)
    .map(([key]) => key.replace(/^is_|_ready$/g, '').replaceAll('_', ' '));
  if (waiting.length > 0 || answer.statusCode === 503) {
    const what =
      waiting.length > 0 ? `its ${waiting.join(' and ')}` : 'a part of it';
    return [
      fail('Components', 'Degraded', {
        reason: 'ComponentNotReady',
        message: `The heartbeat is well, but the server says that ${what} is not ready`,
      }),
    ];
  }
  return answer.statusCode === 200 ? [pass('Components')] : [];
}

function toCollection(
  row: Record<string, unknown>,
  count: number | undefined,
): StoreCollection[] {
  const name = asText(row.name);
  if (!name) return [];
  const configuration = asRecord(row.configuration_json ?? row.configuration);
  const metadata = asRecord(row.metadata);
  const embedding = asRecord(asRecord(configuration.embedding_function).config);
  const dimension = asNumber(row.dimension);
  const metric =
    asText(asRecord(configuration.hnsw).space) ??
    asText(asRecord(configuration.spann).space) ??
    asText(metadata['hnsw:space']);
  const model = embeddingModelOf(metadata) ?? embeddingModelOf(embedding);
  return [
    {
      name,
      ...(dimension === undefined ? {} : { dimension }),
      ...(metric ? { metric } : {}),
      ...(count === undefined
        ? {}
        : { count: { value: count, grade: 'measured' as const } }),
      // every collection has its HNSW index; a single node tells nothing of its state
      indexState: 'Unknown',
      indexKind: configuration.spann ? 'spann' : 'hnsw',
      ...(model ? { embeddingModel: model } : {}),
    },
  ];
}
