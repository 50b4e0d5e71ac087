import type {
  IndexState,
  StoreCollection,
} from '@promptside/backstage-plugin-genai-common';
import type { ProbeReading } from '../ProbePlan';
import { asNumber, asText } from '../jsonValues';
import { embeddingModelOf, MAX_COLLECTIONS } from '../probeAnswers';
import { fail, pass } from '../ruleWords';
import type { RuleCheck } from '../VectorStoreSpoke';
import { checkIndexes } from './checkIndexes';
import { checkExtension } from './checkExtension';
import { COUNT_LIMIT } from './sql';
import type { StoreThresholds } from '../thresholds';

type Row = Readonly<Record<string, unknown>>;

/** Rows of the statements in `sql.ts`, by statement. @public */
export interface PgvectorRows {
  version: readonly Row[];
  columns: readonly Row[];
  indexes: readonly Row[];
  builds: readonly Row[];
  /** Exact counts of tables without statistics, by their quoted name. */
  counts: Readonly<Record<string, number>>;
}

/** Columns whose table has no statistics yet, so that it has to be counted. @public */
export function tablesToCount(columns: readonly Row[]): string[] {
  const names = columns
    .filter(row => estimateOf(row) === undefined)
    .flatMap(({ quoted_name: name }) => asText(name) ?? []);
  return [...new Set(names)].slice(0, 20);
}

/**
 * What the database told of itself.
 *
 * @param latencyMs - time of the first answer
 * @public
 */
export function readSqlRows(
  rows: PgvectorRows,
  latencyMs: number,
  { deadRowRatio }: Pick<StoreThresholds, 'deadRowRatio'>,
): ProbeReading {
  const { version, columns, indexes, builds } = rows;
  const extension = asText(version[0]?.extension_version);
  const server = asText(version[0]?.server_version);
  const reachable = pass('Reachable', { latencyMs });
  const said = {
    latencyMs,
    ...(server
      ? {
          reportedVersion: extension
            ? `PostgreSQL ${server}, pgvector ${extension}`
            : `PostgreSQL ${server}`,
        }
      : {}),
  };
  if (!extension) {
    const missing = fail('Extension', 'Down', {
      reason: 'ExtensionMissing',
      message: 'The database has no extension vector: CREATE EXTENSION vector',
    });
    return { ...said, checks: [reachable, missing], collections: [] };
  }
  const collections = columns
    .flatMap(row => toCollection(row, rows))
    .slice(0, MAX_COLLECTIONS);
  const checks: RuleCheck[] = [
    reachable,
    checkExtension(extension),
    pass('Collections'),
    ...checkIndexes(indexes, builds),
    ...checkBloat(columns, indexes, deadRowRatio),
  ];
  return {
    ...said,
    checks,
    collections,
    collectionCount: columns.length,
  };
}

function toCollection(row: Row, rows: PgvectorRows): StoreCollection[] {
  const table = asText(row.table_name);
  if (!table) return [];
  const schema = asText(row.schema_name);
  const dimension = asNumber(row.dimension);
  const own = rows.indexes.filter(
    index =>
      index.schema_name === row.schema_name &&
      index.table_name === row.table_name &&
      index.column_name === row.column_name,
  );
  const best = own.find(({ is_valid: valid }) => valid === true) ?? own[0];
  const metric = metricOf(asText(best?.operator_class));
  const kind = asText(best?.method);
  const model = embeddingModelOf(row.comment);
  const count = countOf(row, rows.counts);
  const build = rows.builds.find(
    ({ index_name: name }) => name === best?.index_name,
  );
  const message = build
    ? [asText(build.phase), percentOf(build.done_ratio)]
        .filter(Boolean)
        .join(', ')
    : undefined;
  return [
    {
      name:
        schema === undefined || schema === 'public'
          ? table
          : `${schema}.${table}`,
      ...(dimension === undefined ? {} : { dimension }),
      ...(metric ? { metric } : {}),
      ...(count ? { count } : {}),
      indexState: stateOf(best, build),
      ...(kind ? { indexKind: kind } : {}),
      ...(message ? { message } : {}),
      ...(model ? { embeddingModel: model } : {}),
    },
  ];
}

function stateOf(index: Row | undefined, build: Row | undefined): IndexState {
  if (!index) return 'Missing';
  if (build) return 'Building';
  return index.is_valid === true && index.is_ready === true
    ? 'Ready'
    : 'Invalid';
}

/** `vector_cosine_ops` is cosine. */
function metricOf(operatorClass: string | undefined): string | undefined {
  return /_(cosine|l2|ip|l1)_ops$/.exec(operatorClass ?? '')?.[1];
}

/** -1 rows: never analysed. 0 rows may be the same, so a count decides. */
function estimateOf(row: Row): number | undefined {
  const estimate = Math.max(
    asNumber(row.estimated_count) ?? 0,
    asNumber(row.live_count) ?? 0,
  );
  return estimate > 0 ? estimate : undefined;
}

function countOf(
  row: Row,
  counts: PgvectorRows['counts'],
): StoreCollection['count'] {
  const estimate = estimateOf(row);
  if (estimate !== undefined) {
    return { value: Math.round(estimate), grade: 'estimated' };
  }
  const exact = counts[String(row.quoted_name)];
  if (exact === undefined) return undefined;
  return {
    value: Math.min(exact, COUNT_LIMIT),
    grade: exact > COUNT_LIMIT ? 'estimated' : 'measured',
  };
}

function percentOf(ratio: unknown): string | undefined {
  const known = asNumber(ratio);
  return known === undefined ? undefined : `${Math.round(known * 100)} %`;
}

/** HNSW keeps dead rows in its graph until a vacuum, and searches wade through them. */
function checkBloat(
  columns: readonly Row[],
  indexes: readonly Row[],
  limit: number,
): RuleCheck[] {
  const indexed = new Set(
    indexes.map(row => `${row.schema_name}.${row.table_name}`),
  );
  const bloated = columns.filter(row => {
    const live = asNumber(row.live_count) ?? 0;
    const dead = asNumber(row.dead_count) ?? 0;
    return (
      indexed.has(`${row.schema_name}.${row.table_name}`) &&
      dead >= 1_000 &&
      dead / (live + dead) > limit
    );
  });
  if (bloated.length === 0) return [];
  const names = bloated.map(({ table_name: name }) => name).join(', ');
  return [
    fail('Bloat', 'Notice', {
      reason: 'DeadRows',
      message: `More than ${Math.round(limit * 100)} % of the rows of ${names} are dead: REINDEX INDEX CONCURRENTLY, then VACUUM`,
    }),
  ];
}
