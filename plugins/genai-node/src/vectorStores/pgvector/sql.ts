/**
 * What is asked of a PostgreSQL with pgvector, in a read-only transaction. Every statement reads catalogs and statistics
 * views alone, which any role may read; {@link countStatement} is the one that needs SELECT on a table.
 *
 * @public
 */
export const PGVECTOR_SQL = {
  version: `SELECT current_setting('server_version') AS server_version,
       e.extversion AS extension_version
FROM (SELECT 1) AS one
LEFT JOIN pg_extension e ON e.extname = 'vector'`,

  columns: `SELECT n.nspname AS schema_name, c.relname AS table_name, a.attname AS column_name, t.typname AS type_name,
       CASE WHEN a.atttypmod > 0 THEN a.atttypmod END AS dimension,
       quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS quoted_name,
       c.reltuples::float8 AS estimated_count,
       s.n_live_tup::float8 AS live_count, s.n_dead_tup::float8 AS dead_count,
       coalesce(col_description(c.oid, a.attnum), obj_description(c.oid, 'pg_class')) AS comment
FROM pg_attribute a
JOIN pg_class c ON c.oid = a.attrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_type t ON t.oid = a.atttypid
LEFT JOIN pg_stat_user_tables s ON s.relid = c.oid
WHERE t.typname IN ('vector', 'halfvec') AND c.relkind IN ('r', 'p', 'm')
  AND NOT a.attisdropped AND NOT c.relispartition
ORDER BY 1, 2, 3
LIMIT 200`,

  indexes: `SELECT n.nspname AS schema_name, c.relname AS table_name, a.attname AS column_name, i.relname AS index_name,
       m.amname AS method, o.opcname AS operator_class, x.indisvalid AS is_valid, x.indisready AS is_ready,
       pg_relation_size(i.oid)::float8 AS size_bytes
FROM pg_index x
JOIN pg_class i ON i.oid = x.indexrelid
JOIN pg_class c ON c.oid = x.indrelid
JOIN pg_namespace n ON n.oid = c.relnamespace
JOIN pg_am m ON m.oid = i.relam
LEFT JOIN pg_opclass o ON o.oid = x.indclass[0]
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.indkey[0]
WHERE m.amname IN ('hnsw', 'ivfflat')
ORDER BY 1, 2, 4
LIMIT 500`,

  // A build of another role shows its process alone to whoever is no member of pg_read_all_stats. Locks are shown to all, and a
  // build beside writers holds this one on its table: then any invalid index of the table may be the one that is built.
  builds: `SELECT DISTINCT i.relname AS index_name, p.phase,
       CASE WHEN p.blocks_total > 0 THEN p.blocks_done::float8 / p.blocks_total END AS done_ratio
FROM pg_stat_progress_create_index p
JOIN pg_locks l ON l.pid = p.pid AND l.locktype = 'relation' AND l.mode = 'ShareUpdateExclusiveLock' AND l.granted
JOIN pg_index x ON x.indrelid = l.relation AND NOT x.indisvalid
JOIN pg_class i ON i.oid = x.indexrelid
WHERE p.datid = l.database AND p.datname = current_database()
  AND x.indexrelid = coalesce(p.index_relid, x.indexrelid)`,
} as const;

/** Most rows that are counted one by one: enough for small tables, whose statistics are the ones that are missing. */
export const COUNT_LIMIT = 10_000;

/**
 * Counts a small table, at most {@link COUNT_LIMIT} rows of it.
 *
 * @param quotedName - `quoted_name` of the answer to `columns`: quoted by the server itself
 * @public
 */
export function countStatement(quotedName: string): string {
  return `SELECT count(*)::int AS exact_count FROM (SELECT 1 FROM ${quotedName} LIMIT ${COUNT_LIMIT + 1}) AS part`;
}
