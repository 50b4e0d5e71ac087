import type {
  InferenceSpec,
  Model,
  ModelVariant,
} from '@promptside/backstage-plugin-genai-common';
import { parseQuantity } from '../quantities';

/** The weights that a spec loads: by repository, else by quantization, else the original. */
export function variantOfSpec(
  { model: asked }: InferenceSpec['spec'],
  model: Model,
): ModelVariant {
  return (
    model.variants.find(({ repository }) => repository === asked.id) ??
    model.variants.find(
      ({ quantization, repository }) =>
        quantization === asked.quantization && !repository,
    ) ??
    model.variants[0]
  );
}

/** Bytes of the weights; for a model that the catalog does not have, what its cache leaves room for. */
export function weightsBytesOfSpec(
  { spec }: InferenceSpec,
  model: Model | undefined,
): number {
  return model
    ? variantOfSpec(spec, model).weightsBytes
    : (parseQuantity(spec.storage.size) ?? 0) / 1.2;
}
