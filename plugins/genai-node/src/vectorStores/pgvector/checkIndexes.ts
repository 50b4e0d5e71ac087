import { asText } from '../jsonValues';
import { fail, pass } from '../ruleWords';
import type { RuleCheck } from '../VectorStoreSpoke';

type Row = Readonly<Record<string, unknown>>;

/**
 * An index that is not valid is never used and slows every write: what a failed `CREATE INDEX CONCURRENTLY` leaves behind. While
 * one is being built it is not valid either, so builds under way are left out.
 */
export function checkIndexes(
  indexes: readonly Row[],
  builds: readonly Row[],
): RuleCheck[] {
  const building = new Set(builds.map(({ index_name: name }) => name));
  const invalid = indexes.filter(
    ({ index_name: name, is_valid: valid, is_ready: ready }) =>
      !building.has(name) && (valid === false || ready === false),
  );
  if (invalid.length > 0) {
    const names = invalid.flatMap(({ index_name: name }) => asText(name) ?? []);
    return [
      fail('Indexes', 'Degraded', {
        reason: 'IndexInvalid',
        message: `${names.join(', ')} is invalid and not used: DROP INDEX and build it again`,
      }),
    ];
  }
  return indexes.length > 0 ? [pass('Indexes')] : [];
}
