import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';

/** As many replicas as there can be at a time: volumes, rollout and spread must suit that number. */
export function mostReplicas({ spec }: InferenceSpec): number {
  return spec.autoscaling?.maxReplicas ?? spec.replicas;
}
