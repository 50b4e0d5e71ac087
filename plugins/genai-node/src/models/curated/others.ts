import type { Model } from '@promptside/backstage-plugin-genai-common';
import { defineModel } from './defineModel';

/** Families with one or two models here. */
export const OTHER_MODELS: readonly Model[] = [
  defineModel({
    id: 'ibm-granite/granite-4.1-8b',
    title: 'Granite 4.1 8B',
    provider: 'IBM',
    license: 'apache-2.0',
    parametersB: 8.8,
    layers: 40,
    hiddenSize: 4096,
    attentionHeads: 32,
    kvHeads: 8,
    headDim: 128,
    contextLength: 131072,
    weightsGib: 16.38,
    source:
      'kaito model_catalog.yaml at 056b8280, generated from the config.json of the repository',
  }),
  defineModel({
    id: 'MiniMaxAI/MiniMax-M2.7',
    title: 'MiniMax M2.7',
    provider: 'MiniMax',
    license: 'other',
    parametersB: 230,
    layers: 62,
    hiddenSize: 3072,
    attentionHeads: 48,
    kvHeads: 8,
    headDim: 128,
    contextLength: 204800,
    dtype: 'fp8',
    weightsGib: 214.34,
    source:
      'kaito model_catalog.yaml at 056b8280, generated from the config.json of the repository',
  }),
];
