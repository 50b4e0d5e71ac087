import type { Model } from '@promptside/backstage-plugin-genai-common';

/**
 * Models of several lists, each id once. A later list replaces what an earlier one says of the same id, in its place; the
 * hub knows no case in ids, so neither does this.
 *
 * @public
 */
export function mergeModels(
  ...lists: ReadonlyArray<readonly Model[]>
): readonly Model[] {
  const merged = new Map<string, Model>();
  for (const model of lists.flat()) merged.set(model.id.toLowerCase(), model);
  return [...merged.values()];
}
