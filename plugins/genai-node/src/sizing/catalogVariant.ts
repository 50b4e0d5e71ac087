import { InputError } from '@backstage/errors';
import type {
  Model,
  ModelVariant,
} from '@promptside/backstage-plugin-genai-common';
import { quantizationNamed, weightsBytesOf } from './config/readQuantization';

import { variantFor } from './variantFor';

/** Which weights of a catalog model are meant. */
export interface VariantQuestion {
  /** Id as it was asked for: the model's, or that of an edition's repository. */
  model?: string;
  quantization?: string;
  engine?: string;
  /** Bytes that the engine loads; they go before those of the catalog. */
  weightsBytes?: number;
}

/** Quantizations whose size follows from the number of parameters, so that an edition need not be in the catalog. */
const DERIVED = new Set([
  'fp8',
  'int8',
  'awq',
  'gptq',
  'nvfp4',
  'bitsandbytes',
]);

/** Two ways to the same 4 bit. */
const FOUR_BIT = new Set(['awq', 'gptq']);

/**
 * The weights that are meant: by quantization, else the edition whose repository was named, else the original. Sizes of
 * quantizations without an edition are derived as those of editions without a published size are: token tables stay in 16
 * bit.
 *
 * @throws InputError when there are none, and their size cannot be derived
 */
export function catalogVariant(
  model: Model,
  { model: id, quantization, engine, weightsBytes }: VariantQuestion,
): ModelVariant {
  const variant = quantization
    ? byQuantization(model, quantization)
    : (model.variants.find(
        ({ repository }) => repository?.toLowerCase() === id?.toLowerCase(),
      ) ?? variantFor(engine?.toLowerCase(), model.variants));
  return weightsBytes === undefined ? variant : { ...variant, weightsBytes };
}

function byQuantization(model: Model, name: string): ModelVariant {
  const wanted = quantizationNamed(name, 'quantization');
  const { variants } = model;
  const found =
    variants.find(({ quantization }) => quantization === wanted) ??
    variants.find(
      ({ quantization }) => FOUR_BIT.has(wanted) && FOUR_BIT.has(quantization),
    );
  if (found) return found;
  // "none" means as the repository has it, be that in FP8.
  if (wanted === 'none') return variants[0];
  const { vocabularySize, hiddenSize, parameterCount } = model;
  if (!DERIVED.has(wanted) || !vocabularySize) {
    throw new InputError(
      `The catalog has no ${wanted} weights of ${model.title}. Choose one of: ${variants
        .map(({ quantization }) => quantization)
        .join(', ')}; or give weightsBytes with the config`,
    );
  }
  const kept =
    (model.tiedEmbeddings ? 1 : 2) * vocabularySize * hiddenSize +
    (model.otherParameterCount ?? 0);
  return {
    quantization: wanted,
    weightsBytes: weightsBytesOf(
      {
        total: parameterCount,
        kept,
        experts: 0,
        replicated: 0,
        keyValue: 0,
      },
      { quantization: wanted },
    ),
  };
}
