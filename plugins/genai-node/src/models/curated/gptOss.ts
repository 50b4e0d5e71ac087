import type { Model } from '@promptside/backstage-plugin-genai-common';
import { defineModel } from './defineModel';

/** gpt-oss, with weights in MXFP4 and a window of 128 tokens in every second layer. */
export const GPT_OSS_MODELS: readonly Model[] = [
  defineModel({
    id: 'openai/gpt-oss-20b',
    title: 'gpt-oss 20B',
    provider: 'OpenAI',
    license: 'apache-2.0',
    parametersB: 20.9,
    activeParametersB: 3.6,
    layers: 24,
    hiddenSize: 2880,
    attentionHeads: 64,
    kvHeads: 8,
    headDim: 64,
    attention: { type: 'sliding', slidingLayers: 12, window: 128 },
    contextLength: 131072,
    vocabularySize: 201088,
    dtype: 'mxfp4',
    weightsGib: 12.9,
    source:
      'config.json of the repository; weights as engines load them, the repository holds them twice',
  }),
  defineModel({
    id: 'openai/gpt-oss-120b',
    title: 'gpt-oss 120B',
    provider: 'OpenAI',
    license: 'apache-2.0',
    parametersB: 116.8,
    activeParametersB: 5.1,
    layers: 36,
    hiddenSize: 2880,
    attentionHeads: 64,
    kvHeads: 8,
    headDim: 64,
    attention: { type: 'sliding', slidingLayers: 18, window: 128 },
    contextLength: 131072,
    vocabularySize: 201088,
    dtype: 'mxfp4',
    weightsGib: 60.8,
    source:
      'config.json of the repository; weights as engines load them, the repository holds them twice',
  }),
];
