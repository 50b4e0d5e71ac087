import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import { platformLimits, quantizationLimits } from '../commonLimits';
import type { LimitsQuestion } from '../EngineSpoke';
import { vllmSupport } from './support';

const UNSUPPORTED = {
  gaudi: {
    because:
      'its plugin images (vault.habana.ai) are only known by the tag "latest"',
    buildable: true,
  },
  cpu: {
    because: 'the golden path sizes and tunes vLLM for accelerators alone',
  },
} as const;

/** Single GGUF files are experimental in vLLM and need a tokenizer from elsewhere; that is what llama.cpp is for. */
const LOADABLE = new Set([
  'none',
  'fp8',
  'int8',
  'awq',
  'gptq',
  'mxfp4',
  'nvfp4',
  'bitsandbytes',
] as const);

/** Known limits of vLLM. */
export function vllmLimits(question: LimitsQuestion): PlanReason[] {
  const refused = [
    ...platformLimits('vLLM', question, UNSUPPORTED),
    ...quantizationLimits('vLLM', question, LOADABLE),
  ];
  const { model, platform, product } = question;
  if (refused.length > 0 || !model || platform === 'cpu') return refused;
  if (platform !== 'gaudi') {
    return vllmSupport({ ...question, model, vendor: platform });
  }
  // Gaudi has no product label: without a product nobody can tell it from Intel's GPUs there.
  return product ? vllmSupport({ ...question, model, vendor: 'intel' }) : [];
}
