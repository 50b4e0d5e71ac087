import { LABELS } from '@promptside/backstage-plugin-genai-common';
import type { V1Deployment } from '@kubernetes/client-node';
import { engineOf } from '../servingRuntimes/engineOf';
import { GOLDEN_SPECS, modelOf } from './__testUtils__/specs';
import { buildInferenceObjects } from './buildInferenceObjects';
import type { InferenceServiceObject } from './objects/inferenceService';
import type { NimServiceObject } from './objects/nimService';

/** One golden spec for each kind that makes pods. */
const SPECS = Object.values(GOLDEN_SPECS).filter(
  (spec, index, all) =>
    all.findIndex(
      other => engineOf(other).deployedBy === engineOf(spec).deployedBy,
    ) === index,
);

const workloadOf = (spec: (typeof SPECS)[number]) =>
  buildInferenceObjects(spec, modelOf(spec)).find(({ kind }) =>
    ['Deployment', 'InferenceService', 'NIMService'].includes(kind),
  )!;

/** Labels of the pods that the workload makes. */
function podLabels(object: unknown): Record<string, string> | undefined {
  const { kind } = object as { kind: string };
  if (kind === 'InferenceService') {
    return (object as InferenceServiceObject).spec.predictor.labels;
  }
  if (kind === 'NIMService') return (object as NimServiceObject).spec.labels;
  return (object as V1Deployment).spec?.template.metadata?.labels;
}

describe('a service with a queue of Kueue', () => {
  it.each(SPECS.map(spec => [engineOf(spec).deployedBy, spec] as const))(
    'made by a %s names it on the workload and on the pods, and in no selector',
    (_, spec) => {
      const { target } = spec.spec;
      const queued = {
        ...spec,
        spec: { ...spec.spec, target: { ...target, queue: 'gpus' } },
      };
      const workload = workloadOf(queued);
      expect(LABELS.queue).toBe('kueue.x-k8s.io/queue-name');
      expect(workload.metadata.labels).toHaveProperty([LABELS.queue], 'gpus');
      expect(podLabels(workload)).toHaveProperty([LABELS.queue], 'gpus');
      const { selector = {} } = (workload as unknown as V1Deployment).spec!;
      expect(JSON.stringify(selector)).not.toMatch(/kueue/);
      // No trace of it where there is none.
      expect(JSON.stringify(workloadOf(spec))).not.toMatch(/kueue/);
    },
  );
});
