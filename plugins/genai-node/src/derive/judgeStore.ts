import type {
  Check,
  CheckImpact,
  VectorStoreState,
} from '@promptside/backstage-plugin-genai-common';
import type { RuleCheck } from '../vectorStores';
import type { StoreAssessment } from './assessStore';

const IMPACTS: readonly CheckImpact[] = ['Down', 'Degraded', 'Notice'];

/** What the checks come to. */
export interface StoreJudgement {
  state: VectorStoreState;
  reason?: string;
  message?: string;
  /** One of each name, the worst first. */
  checks: Check[];
}

/**
 * State of a store from what the Kubernetes API says (`assessment`) and from all other checks. A store that answers while its
 * operator finds it unhealthy is degraded, not down; one that nobody knows of stays unknown, whatever it answers.
 */
export function judgeStore(
  assessment: StoreAssessment,
  others: readonly RuleCheck[],
  nowAt: string,
): StoreJudgement {
  const answers = others.some(
    ({ name, outcome }) => name === 'Reachable' && outcome === 'Pass',
  );
  const workload = workloadCheck(assessment, answers);
  const checks = worstOfEachName([workload, ...others]).map(check => ({
    ...check,
    checkedAt: check.checkedAt ?? nowAt,
  }));
  const [worst] = checks;
  const impact = worst.outcome === 'Fail' ? worst.impact : undefined;
  const said = {
    ...(worst.reason ? { reason: worst.reason } : {}),
    ...(worst.message ? { message: worst.message } : {}),
  };
  if (impact === 'Down') return { state: 'Down', ...said, checks };
  if (assessment.state === 'Unknown') {
    return { state: 'Unknown', ...wordsOf(assessment), checks };
  }
  if (impact === 'Degraded') return { state: 'Degraded', ...said, checks };
  return { state: 'Healthy', ...wordsOf(assessment), checks };
}

function wordsOf({ reason, message }: StoreAssessment) {
  return { ...(reason ? { reason } : {}), ...(message ? { message } : {}) };
}

function workloadCheck(
  assessment: StoreAssessment,
  answers: boolean,
): RuleCheck {
  const { state, evidence, replicas } = assessment;
  const base = { name: 'Workload', ...wordsOf(assessment), evidence };
  switch (state) {
    case 'Healthy':
      return { ...base, outcome: 'Pass' };
    case 'Unknown':
      return { ...base, outcome: 'Unknown' };
    default: {
      const serves = answers && replicas.ready > 0;
      const impact = state === 'Down' && !serves ? 'Down' : 'Degraded';
      return { ...base, outcome: 'Fail', impact };
    }
  }
}

/** Two sources may ask the same; the worse answer counts, and the first of equals. */
function worstOfEachName(checks: readonly RuleCheck[]): RuleCheck[] {
  const kept = new Map<string, RuleCheck>();
  for (const check of checks) {
    const known = kept.get(check.name);
    if (!known || rank(check) < rank(known)) kept.set(check.name, check);
  }
  return [...kept.values()].sort((left, right) => rank(left) - rank(right));
}

function rank({ outcome, impact }: RuleCheck): number {
  if (outcome === 'Fail') return IMPACTS.indexOf(impact ?? 'Degraded');
  return outcome === 'Unknown' ? IMPACTS.length : IMPACTS.length + 1;
}
