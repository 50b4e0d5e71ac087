import type {
  IndexState,
  StoreCollection,
} from '@promptside/backstage-plugin-genai-common';
import type { ProbePlan } from '../ProbePlan';
import {
  asList,
  asNumber,
  asRecord,
  asText,
  checkListed,
  checkReachable,
  embeddingModelOf,
  jsonOf,
  MAX_COLLECTIONS,
  silentReading,
} from '../probeAnswers';
import { fail, pass } from '../ruleWords';
import type { RuleCheck } from '../VectorStoreSpoke';

const PORT = 8080;

/** Weaviate's REST API: readiness, version, nodes with their shards, schema. */
export const weaviateProbePlan: ProbePlan = function* plan() {
  const [[ready], [meta], [nodes], [schema]] = yield [
    { port: PORT, path: '/v1/.well-known/ready' },
    { port: PORT, path: '/v1/meta' },
    { port: PORT, path: '/v1/nodes?output=verbose' },
    { port: PORT, path: '/v1/schema' },
  ];
  if (!ready.ok) return silentReading(ready);
  const reportedVersion = asText(asRecord(jsonOf(meta)).version);
  const members = asList(asRecord(jsonOf(nodes)).nodes).map(asRecord);
  const checks = [checkReachable(ready), ...checkNodes(members)];
  const said = {
    latencyMs: ready.latencyMs,
    ...(reportedVersion ? { reportedVersion } : {}),
  };
  const { classes } = asRecord(jsonOf(schema));
  if (!Array.isArray(classes)) {
    return {
      ...said,
      checks: [...checks, checkListed(schema)],
      collections: [],
    };
  }
  const shards = members.flatMap(({ shards: own }) =>
    asList(own).map(asRecord),
  );
  return {
    ...said,
    checks: [...checks, pass('Collections')],
    collections: classes
      .map(asRecord)
      .flatMap(row => toCollection(row, shards))
      .slice(0, MAX_COLLECTIONS),
    collectionCount: classes.length,
  };
};

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
