import { asRecord, asText } from './jsonValues';
import type { ProbeAnswer, ProbeReading } from './ProbePlan';
import { fail, pass, unknown } from './ruleWords';
import type { RuleCheck } from './VectorStoreSpoke';

/** Collections whose details are asked: enough for a page, few enough for one probe. */
export const MAX_DETAILED = 50;

/** Collections that an answer holds. */
export const MAX_COLLECTIONS = 200;

/** JSON of a good answer; `undefined` for any other. */
export function jsonOf(answer: ProbeAnswer | undefined): unknown {
  if (!answer?.ok || answer.statusCode >= 400) return undefined;
  try {
    return JSON.parse(answer.text);
  } catch {
    return undefined;
  }
}

/** Whether the store answers at all: any HTTP answer of its own does, a refusal included. */
export function checkReachable(answer: ProbeAnswer): RuleCheck {
  const { latencyMs } = answer;
  if (answer.ok) {
    return answer.statusCode < 500
      ? pass('Reachable', { latencyMs })
      : fail('Reachable', 'Down', {
          reason: 'ServerError',
          message: `The store answers ${answer.statusCode}`,
          latencyMs,
        });
  }
  const { reason, message } = answer.fault;
  if (answer.of === 'Portal') return unknown('Reachable', { reason, message });
  return fail('Reachable', reason === 'Timeout' ? 'Degraded' : 'Down', {
    reason,
    message,
    latencyMs,
  });
}

/** The reading of a store that gave no first answer. */
export function silentReading(answer: ProbeAnswer): ProbeReading {
  return {
    checks: [checkReachable(answer)],
    collections: [],
    latencyMs: answer.latencyMs,
    ...(answer.ok ? {} : { fault: answer.fault }),
  };
}

/** The store wants credentials that the portal does not have. */
export function isRefusal(answer: ProbeAnswer | undefined): boolean {
  return (
    answer?.ok === true &&
    (answer.statusCode === 401 || answer.statusCode === 403)
  );
}

/** Says why there is no list of collections. */
export function checkListed(answer: ProbeAnswer | undefined): RuleCheck {
  if (isRefusal(answer)) {
    return unknown('Collections', {
      reason: 'Unauthorized',
      message: 'The store shows its collections only with credentials',
    });
  }
  const said =
    answer?.ok === true
      ? `it answers ${answer.statusCode}`
      : (answer?.fault.message ?? 'it was not asked');
  return unknown('Collections', {
    reason: answer?.ok === false ? answer.fault.reason : 'InvalidResponse',
    message: `The collections are not known: ${said}`,
  });
}

/** Keys under which services note the model that made a collection's vectors. */
const MODEL_KEYS = [
  'promptside.io/embedding-model',
  'embedding_model',
  'embeddingModel',
  'embedding-model',
  'model_name',
];

/** Id of the embedding model in a collection's metadata or in a comment that is JSON or `embedding_model=<id>`. */
export function embeddingModelOf(noted: unknown): string | undefined {
  if (typeof noted === 'string') {
    try {
      return embeddingModelOf(asRecord(JSON.parse(noted)));
    } catch {
      const [, id] =
        /embedding[-_ ]?model\s*[=:]\s*([\w./-]+)/i.exec(noted) ?? [];
      return id;
    }
  }
  const metadata = asRecord(noted);
  for (const key of MODEL_KEYS) {
    const value = asText(metadata[key]);
    if (value) return value;
  }
  return undefined;
}
