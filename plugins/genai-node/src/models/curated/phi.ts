import type { Model } from '@promptside/backstage-plugin-genai-common';
import { defineModel } from './defineModel';

/** Phi-3 and Phi-4. */
export const PHI_MODELS: readonly Model[] = [
  defineModel({
    id: 'microsoft/Phi-3-mini-4k-instruct',
    title: 'Phi-3 mini 4k Instruct',
    provider: 'Microsoft',
    license: 'mit',
    parametersB: 3.82,
    layers: 32,
    hiddenSize: 3072,
    attentionHeads: 32,
    kvHeads: 32,
    headDim: 96,
    contextLength: 4096,
    vocabularySize: 32064,
    weightsGib: 7.12,
    source:
      'kaito model_catalog.yaml at 056b8280, generated from the config.json of the repository',
  }),
  defineModel({
    id: 'microsoft/phi-4',
    title: 'Phi-4',
    provider: 'Microsoft',
    license: 'mit',
    parametersB: 14.7,
    layers: 40,
    hiddenSize: 5120,
    attentionHeads: 40,
    kvHeads: 10,
    headDim: 128,
    contextLength: 16384,
    vocabularySize: 100352,
    weightsGib: 27.31,
    source:
      'kaito model_catalog.yaml at 056b8280, generated from the config.json of the repository',
  }),
  defineModel({
    id: 'microsoft/Phi-4-mini-instruct',
    title: 'Phi-4 mini Instruct',
    provider: 'Microsoft',
    license: 'mit',
    parametersB: 3.84,
    layers: 32,
    hiddenSize: 3072,
    attentionHeads: 24,
    kvHeads: 8,
    headDim: 128,
    contextLength: 131072,
    vocabularySize: 200064,
    weightsGib: 7.15,
    source:
      'kaito model_catalog.yaml at 056b8280, generated from the config.json of the repository',
  }),
];
