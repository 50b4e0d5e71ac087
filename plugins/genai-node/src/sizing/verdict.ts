import type {
  PlanReason,
  Verdict,
} from '@promptside/backstage-plugin-genai-common';

/** A reason against outweighs a missing number: what cannot run is not unknown. */
export function verdictOf(
  reasons: readonly PlanReason[],
  numbersKnown: boolean,
): Verdict {
  const has = (wanted: PlanReason['severity']) =>
    reasons.some(({ severity }) => severity === wanted);
  if (has('Blocking')) return 'DoesNotFit';
  if (!numbersKnown) return 'Unknown';
  return has('Warning') ? 'Tight' : 'Fits';
}

const SEVERITIES: readonly PlanReason['severity'][] = [
  'Blocking',
  'Warning',
  'Info',
];

/** Orders what weighs most first. */
export function bySeverity(a: PlanReason, b: PlanReason): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}
