import type {
  CheckImpact,
  Evidence,
} from '@promptside/backstage-plugin-genai-common';
import type { RuleCheck } from './VectorStoreSpoke';

interface Words {
  reason?: string;
  message?: string;
  latencyMs?: number;
  evidence?: Evidence[];
}

/** A check that is well. */
export function pass(name: string, words: Words = {}): RuleCheck {
  return { name, outcome: 'Pass', ...words };
}

/** A check that is not, and what that does to the store. */
export function fail(
  name: string,
  impact: CheckImpact,
  words: Words & { reason: string; message: string },
): RuleCheck {
  return { name, outcome: 'Fail', impact, ...words };
}

/** A check that nobody could make. */
export function unknown(
  name: string,
  words: Words & { reason: string; message: string },
): RuleCheck {
  return { name, outcome: 'Unknown', ...words };
}
