import type { Model } from '@promptside/backstage-plugin-genai-common';
import { countParameters } from './countParameters';

/** A fact of a model that contradicts another one. */
export interface Inconsistency {
  path: string[];
  message: string;
}

/** Stated and computed count may differ by so much: biases, norms and towers are not computed. */
const TOLERANCE_RATIO = 0.03;

/** Bits a parameter, of the smallest and the largest weights there are. */
const BITS = { min: 1.5, max: 34 };

function attentionFaults({ attention, ...model }: Model): Inconsistency[] {
  const faults: Inconsistency[] = [];
  const layers = (key: string, count: number) => {
    if (count > model.layers) {
      faults.push({
        path: ['attention', key],
        message: `is ${count}, but the model has ${model.layers} layers`,
      });
    }
  };
  if (attention.type === 'sliding') {
    layers('slidingLayers', attention.slidingLayers);
  }
  if (attention.type === 'hybrid') layers('fullLayers', attention.fullLayers);
  // MLA has no KV heads to speak of; everywhere else query heads share them evenly
  if (attention.type !== 'mla' && model.attentionHeads % model.kvHeads !== 0) {
    faults.push({
      path: ['kvHeads'],
      message: `is ${model.kvHeads}, which does not divide ${model.attentionHeads} attention heads`,
    });
  }
  return faults;
}

function weightFaults(model: Model): Inconsistency[] {
  return model.variants.flatMap(({ weightsBytes }, index) => {
    const bits = (weightsBytes * 8) / model.parameterCount;
    if (bits >= BITS.min && bits <= BITS.max) return [];
    return [
      {
        path: ['variants', String(index), 'weightsBytes'],
        message: `is ${bits.toFixed(1)} bits for each of ${model.parameterCount} parameters, which cannot be`,
      },
    ];
  });
}

/**
 * Facts that contradict each other, each of which would make every plan for the model wrong. Empty for a model that is
 * consistent, which does not say that it is right.
 */
export function inconsistenciesOf(model: Model): Inconsistency[] {
  const faults = [...attentionFaults(model), ...weightFaults(model)];
  if (model.task === 'embedding' && model.embeddingDimension === undefined) {
    faults.push({
      path: ['embeddingDimension'],
      message: 'is missing, which a vector store needs to know',
    });
  }
  const computed = countParameters(model);
  if (
    computed !== undefined &&
    Math.abs(computed / model.parameterCount - 1) > TOLERANCE_RATIO
  ) {
    faults.push({
      path: ['parameterCount'],
      message: `is ${model.parameterCount}, but layers, widths and vocabulary make ${computed}`,
    });
  }
  return faults;
}
