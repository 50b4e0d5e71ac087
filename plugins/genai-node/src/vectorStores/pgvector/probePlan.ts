import type { ProbeAnswer, ProbePlan } from '../ProbePlan';
import { checkReachable } from '../probeAnswers';
import { pass } from '../ruleWords';
import { readExporter } from './readExporter';

/** Port of the exporter in every instance of CloudNativePG. */
const EXPORTER_PORT = 9187;

/**
 * The exporters of a CloudNativePG cluster, each asked for its own instance. PostgreSQL itself speaks no HTTP: what is in it is
 * asked by SQL, where a read-only credential is configured.
 */
export const pgvectorProbePlan: ProbePlan = function* plan(store, thresholds) {
  if (store.resource !== 'cnpgclusters') {
    return {
      notProbed:
        'PostgreSQL outside CloudNativePG is asked by SQL only: configure a read-only credential under genai.vectorStores.sql',
      checks: [],
      collections: [],
    };
  }
  const [instances] = yield [
    { port: EXPORTER_PORT, path: '/metrics', eachPod: true },
  ];
  const good = instances.filter(isGood);
  if (good.length === 0) {
    const [first] = instances;
    if (!first) {
      return {
        notProbed: 'No instance is ready, so none is asked',
        checks: [],
        collections: [],
      };
    }
    // The exporter is not the database: where it is silent, its instance may serve all the same.
    const { outcome, impact, reason, message } = checkReachable(first);
    return {
      checks: [
        {
          name: 'Exporter',
          outcome: outcome === 'Pass' ? 'Unknown' : outcome,
          ...(impact ? { impact: 'Notice' as const } : {}),
          reason: reason ?? 'InvalidResponse',
          message: `The exporters of the instances do not answer: ${message ?? 'no metrics'}`,
        },
      ],
      collections: [],
      latencyMs: first.latencyMs,
      ...(first.ok ? {} : { fault: first.fault }),
    };
  }
  return {
    checks: [
      pass('Exporter', { latencyMs: good[0].latencyMs }),
      ...readExporter(
        good.map(({ pod = '', text }) => ({ pod, text })),
        thresholds,
      ),
    ],
    collections: [],
    latencyMs: good[0].latencyMs,
  };
};

function isGood(answer: ProbeAnswer): answer is ProbeAnswer & { ok: true } {
  return answer.ok && answer.statusCode === 200;
}
