import type { Quantization } from '@promptside/backstage-plugin-genai-common';

/** How a format of weights is written; absent for weights as they were published. @public */
export const QUANTIZATION_NAMES: Record<Quantization, string | undefined> = {
  none: undefined,
  fp8: 'FP8',
  int8: 'INT8',
  awq: 'AWQ',
  gptq: 'GPTQ',
  mxfp4: 'MXFP4',
  nvfp4: 'NVFP4',
  bitsandbytes: 'bitsandbytes',
  gguf: 'GGUF',
};
