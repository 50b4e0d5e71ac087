import type {
  ProbeAnswer,
  ProbePlan,
  ProbeReading,
  ProbeRequest,
} from './ProbePlan';
import { checkListed, checkReachable, silentReading } from './probeAnswers';
import type { RuleCheck } from './VectorStoreSpoke';

/** What the first round of questions to a REST API told. */
export interface FirstRound {
  /** In the order of the paths. */
  answers: readonly ProbeAnswer[];
  /** A reading that knows no more than that the store answers. */
  reached: ProbeReading;
  /** One more question to the same port. */
  get(path: string): ProbeRequest;
}

/** Asks in further rounds and says what all of it means. */
type ReadFurther = (
  round: FirstRound,
) => Generator<readonly ProbeRequest[], ProbeReading, readonly ProbeAnswer[][]>;

/** A plan that asks some paths of one port by GET at once; the first of them says whether the store answers at all. */
export function restPlan(
  port: number,
  paths: readonly string[],
  read: ReadFurther,
): ProbePlan {
  const get = (path: string): ProbeRequest => ({ port, path });
  return function* plan() {
    const answers = (yield paths.map(get)).map(([answer]) => answer);
    const [first] = answers;
    if (!first.ok) return silentReading(first);
    const reached: ProbeReading = {
      checks: [checkReachable(first)],
      collections: [],
      latencyMs: first.latencyMs,
    };
    return yield* read({ answers, reached, get });
  };
}

/** The same reading with more checks, and with what the store says of its version. */
export function addTo(
  reading: ProbeReading,
  more: { checks: readonly RuleCheck[]; version?: string | undefined },
): ProbeReading {
  const { checks, version } = more;
  return {
    ...reading,
    checks: [...reading.checks, ...checks],
    ...(version ? { reportedVersion: version } : {}),
  };
}

/** The same reading, and why there is no list of collections. */
export function unlisted(
  reading: ProbeReading,
  list: ProbeAnswer | undefined,
): ProbeReading {
  return addTo(reading, { checks: [checkListed(list)] });
}
