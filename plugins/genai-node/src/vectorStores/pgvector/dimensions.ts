/** pgvector indexes columns of type `vector` up to 2,000 dimensions, of type `halfvec` up to 4,000, and stores up to 16,000. */
export const PGVECTOR_LIMITS = {
  vectorIndex: 2_000,
  halfvecIndex: 4_000,
  stored: 16_000,
} as const;

/** How vectors of a dimension are kept in PostgreSQL. @public */
export interface PgvectorColumn {
  type: 'vector' | 'halfvec';
  indexable: boolean;
  /** What a person should know of the choice. */
  notice?: string;
}

/**
 * Type of the column for vectors of that dimension; `undefined` where pgvector cannot keep them at all.
 *
 * @public
 */
export function pgvectorColumnFor(
  dimension: number,
): PgvectorColumn | undefined {
  const { vectorIndex, halfvecIndex, stored } = PGVECTOR_LIMITS;
  if (!Number.isInteger(dimension) || dimension < 1 || dimension > stored) {
    return undefined;
  }
  if (dimension <= vectorIndex) return { type: 'vector', indexable: true };
  if (dimension <= halfvecIndex) {
    return {
      type: 'halfvec',
      indexable: true,
      notice: `pgvector indexes vectors of at most ${vectorIndex} dimensions: ${dimension} are kept in half precision (halfvec)`,
    };
  }
  return {
    type: 'vector',
    indexable: false,
    notice: `pgvector indexes at most ${halfvecIndex} dimensions: ${dimension} are searched one by one, without an index`,
  };
}
