import { InputError } from '@backstage/errors';

/** Rows of a page when the question does not say. */
const DEFAULT_LIMIT = 100;
/** No name on a cluster has it, so keys of joined names sort as their parts do. */
const SEPARATOR = '\u0000';

/** Sort key of a row from its names. */
export function rowKey(...parts: string[]): string {
  return parts.join(SEPARATOR);
}

/** One page of sorted rows. */
export interface Page<Row> {
  rows: Row[];
  totalCount: number;
  nextCursor?: string;
}

/**
 * Sorts rows by key and cuts a page. The cursor holds the key of the last row, not a position, so rows that come and go
 * between two pages neither repeat nor hide others. Throws `InputError` for a cursor that is none.
 */
export function cutPage<Row>(
  rows: readonly { key: string; row: Row }[],
  { limit = DEFAULT_LIMIT, cursor }: { limit?: number; cursor?: string },
): Page<Row> {
  const sorted = [...rows].sort((left, right) =>
    left.key < right.key ? -1 : Number(left.key > right.key),
  );
  const after = cursor === undefined ? undefined : readCursor(cursor);
  const start =
    after === undefined ? 0 : sorted.findIndex(({ key }) => key > after);
  const page = start < 0 ? [] : sorted.slice(start, start + limit);
  const last = page.at(-1);
  const isEnd = start < 0 || start + limit >= sorted.length;
  return {
    rows: page.map(({ row }) => row),
    totalCount: rows.length,
    ...(last && !isEnd
      ? { nextCursor: Buffer.from(last.key).toString('base64url') }
      : {}),
  };
}

function readCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (!key.includes(SEPARATOR)) {
    throw new InputError(
      'cursor must be the nextCursor of an earlier answer to the same question',
    );
  }
  return key;
}
