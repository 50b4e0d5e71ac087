import type { Model } from '@promptside/backstage-plugin-genai-common';

/**
 * The model with this Hugging Face id, also when the id is that of one of its quantized editions.
 * The hub treats ids without regard to case, so this does too. `undefined` when the catalog does not have it.
 *
 * @public
 */
export function findModel(
  models: readonly Model[],
  id: string,
): Model | undefined {
  const wanted = id.toLowerCase();
  return (
    models.find(model => model.id.toLowerCase() === wanted) ??
    models.find(model =>
      model.variants.some(
        ({ repository }) => repository?.toLowerCase() === wanted,
      ),
    )
  );
}
