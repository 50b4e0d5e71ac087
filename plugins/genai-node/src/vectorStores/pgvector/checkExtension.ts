import { fail, pass } from '../ruleWords';
import type { RuleCheck } from '../VectorStoreSpoke';

/** 0.8.2 fixed a buffer overflow in parallel HNSW builds, 0.8.3 corruption of HNSW indexes by vacuum. */
const SOUND = [0, 8, 3];

/** The installed version of the extension. */
export function checkExtension(version: string): RuleCheck {
  const parts = version.split('.').map(Number);
  const known = parts.every(part => Number.isInteger(part));
  const older = known && isOlder(parts, SOUND);
  return older
    ? fail('Extension', 'Notice', {
        reason: 'OldPgvector',
        message: `pgvector ${version} can corrupt HNSW indexes during vacuum; 0.8.3 fixed it: ALTER EXTENSION vector UPDATE`,
      })
    : pass('Extension', { message: `pgvector ${version}` });
}

function isOlder(left: readonly number[], right: readonly number[]): boolean {
  for (let index = 0; index < right.length; index++) {
    const difference = (left[index] ?? 0) - right[index];
    if (difference !== 0) return difference < 0;
  }
  return false;
}
