import { asList, asNumber, asRecord, asText } from '../jsonValues';
import type { ProbeAnswer } from '../ProbePlan';
import { fail, pass, unknown } from '../ruleWords';
import type { RuleCheck } from '../VectorStoreSpoke';

/** `StateCode` of Milvus that mean well: healthy, and a standby coordinator. */
const WELL = [1, 3];

/**
 * `/healthz` of the management port: 200 and `OK`, or a JSON body that names the components that are not well. A component that
 * is down behind a 200 counts all the same.
 */
export function checkHealthz(answer: ProbeAnswer): RuleCheck[] {
  if (!answer.ok) {
    const { reason, message } = answer.fault;
    return [unknown('Components', { reason, message })];
  }
  const sick = sickComponents(answer.text);
  if (sick.length > 0) {
    return [
      fail('Components', 'Degraded', {
        reason: 'ComponentNotHealthy',
        message: `Not healthy: ${sick.join(', ')}`,
      }),
    ];
  }
  return answer.statusCode === 200
    ? [pass('Components')]
    : [
        fail('Components', 'Degraded', {
          reason: 'ComponentNotHealthy',
          message: `The health of its components answers ${answer.statusCode}`,
        }),
      ];
}

function sickComponents(text: string): string[] {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return [];
  }
  const rows = Array.isArray(body)
    ? body
    : (asRecord(body).detail ?? asRecord(body).components);
  return asList(rows)
    .map(asRecord)
    .flatMap(row => {
      const name = asText(row.name) ?? asText(row.component);
      const code = asNumber(row.code);
      return name && !(code !== undefined && WELL.includes(code)) ? [name] : [];
    });
}
