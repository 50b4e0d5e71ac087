import type {
  IndexState,
  StoreCollection,
} from '@promptside/backstage-plugin-genai-common';
import { asList, asNumber, asRecord, asText } from '../jsonValues';
import {
  embeddingModelOf,
  jsonOf,
  MAX_COLLECTIONS,
  MAX_DETAILED,
} from '../probeAnswers';
import { addTo, restPlan, unlisted } from '../restPlan';
import { fail, pass } from '../ruleWords';
import type { RuleCheck } from '../VectorStoreSpoke';

/** Port of the REST API. */
export const PORT = 6333;

/** What a collection's colour says of its optimisers and shards. */
const INDEX_STATES: Readonly<Record<string, IndexState>> = {
  green: 'Ready',
  yellow: 'Building',
  // optimisations wait for an update to wake them
  grey: 'Building',
  red: 'Invalid',
};

/** Qdrant's REST API: readiness, version, peers, collections with their colour. */
export const qdrantProbePlan = restPlan(
  PORT,
  ['/readyz', '/', '/cluster', '/collections'],
  function* read({ answers, reached, get }) {
    const [, root, cluster, list] = answers;
    const reading = addTo(reached, {
      checks: checkPeers(jsonOf(cluster)),
      version: asText(asRecord(jsonOf(root)).version),
    });
    const rows = asRecord(asRecord(jsonOf(list)).result).collections;
    if (!Array.isArray(rows)) return unlisted(reading, list);
    const names = rows.flatMap(row => asText(asRecord(row).name) ?? []);
    const details = yield names
      .slice(0, MAX_DETAILED)
      .map(name => get(`/collections/${encodeURIComponent(name)}`));
    return {
      ...addTo(reading, { checks: [pass('Collections')] }),
      collections: names
        .slice(0, MAX_COLLECTIONS)
        .map((name, index) => toCollection(name, jsonOf(details[index]?.[0]))),
      collectionCount: names.length,
    };
  },
);

/** Peers that messages do not reach; a single node has no cluster. */
function checkPeers(body: unknown): RuleCheck[] {
  const result = asRecord(asRecord(body).result);
  if (result.status !== 'enabled') return [];
  const failures = Object.keys(asRecord(result.message_send_failures));
  if (failures.length > 0) {
    return [
      fail('Peers', 'Degraded', {
        reason: 'PeerUnreachable',
        message: `Messages do not reach ${failures.join(', ')}`,
      }),
    ];
  }
  const { leader } = asRecord(result.raft_info);
  return leader === null || leader === undefined
    ? [
        fail('Peers', 'Degraded', {
          reason: 'NoLeader',
          message: 'The peers have no leader: collections cannot be changed',
        }),
      ]
    : [pass('Peers')];
}

function toCollection(name: string, body: unknown): StoreCollection {
  const result = asRecord(asRecord(body).result);
  const config = asRecord(result.config);
  const { vectors } = asRecord(config.params);
  // one unnamed vector, or several by name
  const [vector] =
    asRecord(vectors).size === undefined
      ? Object.values(asRecord(vectors)).map(asRecord)
      : [asRecord(vectors)];
  const dimension = asNumber(vector?.size);
  const metric = asText(vector?.distance)?.toLocaleLowerCase('en-US');
  const count = asNumber(result.points_count);
  const problem = asText(asRecord(result.optimizer_status).error);
  const model = embeddingModelOf(config.metadata);
  const warnings = asList(result.warnings).flatMap(
    warning => asText(asRecord(warning).message) ?? [],
  );
  const message = problem ?? warnings[0];
  return {
    name,
    ...(dimension === undefined ? {} : { dimension }),
    ...(metric ? { metric } : {}),
    // Qdrant calls its own count approximate
    ...(count === undefined
      ? {}
      : { count: { value: count, grade: 'estimated' as const } }),
    indexState: problem
      ? 'Invalid'
      : (INDEX_STATES[String(result.status)] ?? 'Unknown'),
    indexKind: 'hnsw',
    ...(message ? { message } : {}),
    ...(model ? { embeddingModel: model } : {}),
  };
}
