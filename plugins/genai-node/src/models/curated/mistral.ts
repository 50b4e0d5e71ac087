import type { Model } from '@promptside/backstage-plugin-genai-common';
import { defineModel } from './defineModel';

/** Mistral, Mixtral and Ministral. From v0.2 on no sliding window. */
export const MISTRAL_MODELS: readonly Model[] = [
  defineModel({
    id: 'mistralai/Mistral-7B-Instruct-v0.3',
    title: 'Mistral 7B Instruct v0.3',
    provider: 'Mistral AI',
    license: 'apache-2.0',
    parametersB: 7.25,
    layers: 32,
    hiddenSize: 4096,
    attentionHeads: 32,
    kvHeads: 8,
    headDim: 128,
    contextLength: 32768,
    vocabularySize: 32768,
    weightsGib: 13.5,
    source:
      'kaito model_catalog.yaml at 056b8280, generated from the config.json of the repository',
  }),
  defineModel({
    id: 'mistralai/Mixtral-8x7B-Instruct-v0.1',
    title: 'Mixtral 8x7B Instruct v0.1',
    provider: 'Mistral AI',
    license: 'apache-2.0',
    parametersB: 46.7,
    activeParametersB: 12.9,
    layers: 32,
    hiddenSize: 4096,
    attentionHeads: 32,
    kvHeads: 8,
    headDim: 128,
    contextLength: 32768,
    vocabularySize: 32000,
    weightsGib: 87,
    source: 'config.json and safetensors of the repository',
  }),
  defineModel({
    id: 'mistralai/Ministral-3-8B-Instruct-2512',
    title: 'Ministral 3 8B Instruct',
    provider: 'Mistral AI',
    license: 'apache-2.0',
    task: 'image-text-to-text',
    parametersB: 8.9,
    layers: 34,
    hiddenSize: 4096,
    attentionHeads: 32,
    kvHeads: 8,
    headDim: 128,
    contextLength: 262144,
    vocabularySize: 131072,
    dtype: 'fp8',
    weightsGib: 9.7,
    source:
      'kaito model_catalog.yaml at 056b8280, generated from the config.json of the repository',
  }),
];
