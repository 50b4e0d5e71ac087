/** Names in a sentence: the first few, then how many more. */
export function namesOf(names: readonly string[], limit = 5): string {
  const more = names.length - limit;
  const shown = names.slice(0, limit).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
