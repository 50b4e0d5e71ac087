import type {
  IndexState,
  StoreCollection,
} from '@promptside/backstage-plugin-genai-common';
import { asList, asNumber, asRecord, asText } from '../jsonValues';
import { embeddingModelOf, jsonOf, MAX_COLLECTIONS } from '../probeAnswers';
import { addTo, restPlan, unlisted } from '../restPlan';
import { fail, pass } from '../ruleWords';
import type { RuleCheck } from '../VectorStoreSpoke';

/** Port of the REST API. */
export const PORT = 8080;

/** Weaviate's REST API: readiness, version, nodes with their shards, schema. */
export const weaviateProbePlan = restPlan(
  PORT,
  [
    '/v1/.well-known/ready',
    '/v1/meta',
    '/v1/nodes?output=verbose',
    '/v1/schema',
  ],
  // all of it comes in one round
  // eslint-disable-next-line require-yield
  function* read({ answers, reached }) {
    const [, meta, nodes, schema] = answers;
    const members = asList(asRecord(jsonOf(nodes)).nodes).map(asRecord);
    const reading = addTo(reached, {
      checks: checkNodes(members),
      version: asText(asRecord(jsonOf(meta)).version),
    });
    const { classes } = asRecord(jsonOf(schema));
    if (!Array.isArray(classes)) return unlisted(reading, schema);
    const shards = members.flatMap(({ shards: own }) =>
      asList(own).map(asRecord),
    );
    return {
      ...addTo(reading, { checks: [pass('Collections')] }),
      collections: classes
        .map(asRecord)
        .flatMap(row => toCollection(row, shards))
        .slice(0, MAX_COLLECTIONS),
      collectionCount: classes.length,
    };
  },
);

function checkNodes(nodes: Record<string, unknown>[]): RuleCheck[] {
  if (nodes.length === 0) return [];
  const sick = nodes.filter(({ status }) => status !== 'HEALTHY');
  return sick.length === 0
    ? [pass('Peers')]
    : [
        fail('Peers', 'Degraded', {
          reason: 'NodeUnhealthy',
          message: sick
            .map(({ name, status }) => `${name} is ${status}`)
            .join(', '),
        }),
      ];
}

function toCollection(
  row: Record<string, unknown>,
  shards: Record<string, unknown>[],
): StoreCollection[] {
  const name = asText(row.class);
  if (!name) return [];
  const own = shards.filter(shard => shard.class === name);
  const counts = own.flatMap(({ objectCount }) => asNumber(objectCount) ?? []);
  const queued = own.reduce(
    (sum, { vectorQueueLength }) => sum + (asNumber(vectorQueueLength) ?? 0),
    0,
  );
  const metric = asText(asRecord(row.vectorIndexConfig).distance);
  const kind = asText(row.vectorIndexType);
  const module = asRecord(row.moduleConfig)[String(row.vectorizer)];
  const model =
    asText(asRecord(module).model) ?? embeddingModelOf(row.description);
  return [
    {
      name,
      ...(metric ? { metric } : {}),
      // replicas of a shard would count twice; the verbose status does not tell which are replicas
      ...(counts.length === 0
        ? {}
        : {
            count: {
              value: counts.reduce((sum, count) => sum + count, 0),
              grade: 'estimated' as const,
            },
          }),
      indexState: stateOf(own),
      ...(kind ? { indexKind: kind } : {}),
      ...(queued > 0
        ? { message: `${queued} vectors wait for their index` }
        : {}),
      ...(model ? { embeddingModel: model } : {}),
    },
  ];
}

function stateOf(shards: Record<string, unknown>[]): IndexState {
  const states = shards.map(({ vectorIndexingStatus }) => vectorIndexingStatus);
  if (states.includes('READONLY')) return 'Invalid';
  if (states.includes('INDEXING')) return 'Building';
  return states.length > 0 && states.every(state => state === 'READY')
    ? 'Ready'
    : 'Unknown';
}
