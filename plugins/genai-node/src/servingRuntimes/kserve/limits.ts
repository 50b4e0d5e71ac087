import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import { notice, platformLimits, refusal } from '../commonLimits';
import type { EngineQuestion, LimitsQuestion } from '../EngineSpoke';
import { vllmLimits } from '../vllm/limits';
import { kserveServedName } from './servedName';

const NO_IMAGE = {
  because: 'KServe builds its Hugging Face runtime for NVIDIA GPUs alone',
  buildable: true,
} as const;

/** Names that can stand in the paths of KServe's protocol. */
const PATH_SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Known limits of KServe with its Hugging Face runtime. */
export function kserveLimits(question: LimitsQuestion): PlanReason[] {
  const refused = platformLimits('KServe', question, {
    amd: NO_IMAGE,
    intel: NO_IMAGE,
    gaudi: NO_IMAGE,
    cpu: { because: 'the golden path sizes its vLLM for GPUs alone' },
  });
  if (refused.length > 0) return refused;
  return [
    ...vllmLimits(question),
    notice(
      'NeedsKserve',
      'The cluster must have KServe 0.15 or later with its ClusterServingRuntime kserve-huggingfaceserver.',
    ),
  ];
}

/** What only a spec tells. */
export function kserveSpecLimits({ spec }: EngineQuestion): PlanReason[] {
  return PATH_SEGMENT.test(kserveServedName(spec))
    ? []
    : [
        refusal(
          'ServedNameNotSupported',
          'servedName',
          'is part of a path in KServe\'s protocol: use letters, digits, ".", "_" and "-"',
        ),
      ];
}
