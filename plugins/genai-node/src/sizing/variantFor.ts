import type { ModelVariant } from '@promptside/backstage-plugin-genai-common';

/**
 * The weights that are meant where nobody says which: the original, and for an engine that loads GGUF files alone such an
 * edition, where there is one.
 */
export function variantFor(
  engine: string | undefined,
  variants: readonly ModelVariant[],
): ModelVariant {
  const wanted =
    engine === 'llama-cpp'
      ? variants.find(({ quantization }) => quantization === 'gguf')
      : undefined;
  return wanted ?? variants[0];
}
