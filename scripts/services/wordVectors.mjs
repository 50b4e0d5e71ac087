import { createHash } from 'node:crypto';

/** Length of the vectors, unless another is asked for. */
export const DIMENSION = 768;

/** Words that say nothing about what a text is about. */
const STOP = new Set(
  (
    'a about after all also an and any are as at be been before both but by can cannot could did do does each for from had ' +
    'has have how i if in into is it its itself may more most must my no not of on one only or other our out over s same ' +
    'should so some such t than that the their them then there these they this those through to under until up was we were ' +
    'what when where which while who whose why will with would you your'
  ).split(' '),
);

/** The stems of a text's words that carry meaning; "asks", "asked" and "asking" are one. */
export function stems(text) {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter(word => !STOP.has(word))
    .map(word =>
      word.length > 4 ? word.replace(/(ings?|ed|es|s|e)$/, '') : word,
    );
}

/**
 * A deterministic embedding that rewards shared words: each stem adds to two of the dimensions, with a sign, as
 * its hash says, and a repeated one less each time. Length 1, so that a product is the cosine.
 */
export function embedWords(text, dimension = DIMENSION) {
  const counts = new Map();
  for (const stem of stems(text)) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  const vector = new Array(dimension).fill(0);
  for (const [stem, count] of counts) {
    const hash = createHash('md5').update(stem).digest();
    // Long and so rarer words say more than short ones; there is no corpus to count in.
    const weight =
      (1 + Math.log(count)) * Math.min(2, Math.sqrt(stem.length / 4));
    for (const at of [0, 4]) {
      const sign = hash[at + 8] % 2 === 0 ? 1 : -1;
      vector[hash.readUInt32LE(at) % dimension] += sign * weight;
    }
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map(value => Number((value / length).toFixed(6)));
}
