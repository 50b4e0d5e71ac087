import type { Fault } from '@promptside/backstage-plugin-genai-common';
import type {
  ProbeAnswer,
  ProbePlan,
  ProbeReading,
  ProbeRequest,
} from '../ProbePlan';
import type { StoreWorkload } from '../StoreObservation';
import { DEFAULT_STORE_THRESHOLDS } from '../thresholds';

/** An answer of a store: status and body, text as it is and everything else as JSON. */
export type Said = { status?: number; body: unknown };

/** A store that does not answer. */
export function silent(
  reason: Fault['reason'],
  of: 'Store' | 'Portal' = 'Store',
): ProbeAnswer {
  const at = '2026-11-02T08:00:00.000Z';
  return {
    ok: false,
    of,
    fault: { reason, message: `it is ${reason}`, at },
    latencyMs: 3,
  };
}

/** A good answer. */
export function answered({ status = 200, body }: Said): ProbeAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { ok: true, statusCode: status, text, latencyMs: 4 };
}

export const POD: StoreWorkload = {
  resource: 'statefulsets',
  kind: 'StatefulSet',
  uid: 'u',
  name: 'docs',
  namespace: 'team-a',
  store: { engine: 'chroma', persistence: 'Persistent' },
};

/** Runs a plan against a store that answers each request by `answer`; keeps what was asked. */
export function runPlan(
  plan: ProbePlan,
  answer: (request: ProbeRequest) => ProbeAnswer | ProbeAnswer[],
  store: StoreWorkload = POD,
): { reading: ProbeReading; asked: ProbeRequest[] } {
  const asked: ProbeRequest[] = [];
  const running = plan(store, DEFAULT_STORE_THRESHOLDS);
  let step = running.next();
  while (!step.done) {
    const requests = step.value;
    asked.push(...requests);
    step = running.next(requests.map(request => [answer(request)].flat()));
  }
  return { reading: step.value, asked };
}
