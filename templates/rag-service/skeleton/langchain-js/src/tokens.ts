const PIECES = /[A-Za-z]+|\d|[^\sA-Za-z\d]/gu;
const cost = (piece: string) => Math.ceil(piece.length / 4);

/**
 * Tokens of a text, rather too many than too few: a word counts one for each begun four letters, a digit, a sign and a letter
 * beyond ASCII one each. English prose comes out some 20 % above what BERT and Llama tokenizers count.
 */
export function countTokens(text: string): number {
  let count = 0;
  for (const [piece] of text.matchAll(PIECES)) count += cost(piece);
  return count;
}

/** The beginning of a text that fits. */
export function shorten(text: string, tokens: number): string {
  let used = 0;
  for (const match of text.matchAll(PIECES)) {
    used += cost(match[0]);
    if (used > tokens) return `${text.slice(0, match.index).trimEnd()} …`;
  }
  return text;
}
