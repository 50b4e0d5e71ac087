import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import { notice, platformLimits, refusal } from '../commonLimits';
import type { EngineQuestion, LimitsQuestion } from '../EngineSpoke';
import { vllmLimits } from '../vllm/limits';
import { sharesWeights } from '../modelSource';
import { tritonServedName } from './servedName';

const NVIDIA_ONLY = {
  because: 'NVIDIA builds its images with CUDA alone',
} as const;

/** Names that can be a folder. */
const FOLDER = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Known limits of Triton with the vLLM backend. */
export function tritonLimits(question: LimitsQuestion): PlanReason[] {
  const refused = platformLimits('Triton with vLLM', question, {
    amd: NVIDIA_ONLY,
    intel: NVIDIA_ONLY,
    gaudi: NVIDIA_ONLY,
    cpu: { because: 'its vLLM backend needs a GPU' },
  });
  if (refused.length > 0) return refused;
  return [
    ...vllmLimits(question),
    notice(
      'FrontEndBeta',
      "Triton's OpenAI front end is beta; an answer ends after 16 tokens where a request gives no max_tokens.",
      'Warning',
    ),
  ];
}

/** What only a spec tells. */
export function tritonSpecLimits({ spec }: EngineQuestion): PlanReason[] {
  const unpinned =
    spec.spec.model.revision && !sharesWeights(spec)
      ? [
          notice(
            'TokenizerNotPinned',
            "Triton's front end takes the tokenizer of the model's newest commit: it has no flag for a revision.",
          ),
        ]
      : [];
  return FOLDER.test(tritonServedName(spec))
    ? unpinned
    : [
        refusal(
          'ServedNameNotSupported',
          'servedName',
          'is the name of a folder in Triton\'s model repository: use letters, digits, ".", "_" and "-"',
        ),
      ];
}
