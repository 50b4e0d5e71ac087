import type { Model } from '@promptside/backstage-plugin-genai-common';
import { DEEPSEEK_MODELS } from './curated/deepseek';
import { GEMMA_MODELS } from './curated/gemma';
import { GPT_OSS_MODELS } from './curated/gptOss';
import { LLAMA_MODELS } from './curated/llama';
import { MISTRAL_MODELS } from './curated/mistral';
import { OTHER_MODELS } from './curated/others';
import { PHI_MODELS } from './curated/phi';
import { QWEN_MODELS } from './curated/qwen';

/**
 * The models that come with Promptside. Figures are those of the repositories' own configuration; each row names its source.
 * No row pins a revision: a commit that nobody checked would be worse than none.
 *
 * @public
 */
export const CURATED_MODELS: readonly Model[] = [
  ...GEMMA_MODELS,
  ...LLAMA_MODELS,
  ...MISTRAL_MODELS,
  ...QWEN_MODELS,
  ...PHI_MODELS,
  ...DEEPSEEK_MODELS,
  ...GPT_OSS_MODELS,
  ...OTHER_MODELS,
];
