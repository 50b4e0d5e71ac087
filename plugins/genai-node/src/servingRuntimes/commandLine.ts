import { modelIdSchema } from '@promptside/backstage-plugin-genai-common';
import type { ContainerView } from '../facts/WorkloadView';

/** Value of the first of `flags` that is given, as `--flag value` or `--flag=value`, without quotes. */
export function flagValue(
  words: readonly string[],
  ...flags: string[]
): string | undefined {
  for (const [index, word] of words.entries()) {
    for (const flag of flags) {
      let value: string | undefined;
      if (word === flag) value = words[index + 1];
      else if (word.startsWith(`${flag}=`)) value = word.slice(flag.length + 1);
      if (value !== undefined && !value.startsWith('--')) return unquote(value);
    }
  }
  return undefined;
}

/** Word after the first pair or single of `markers`, unless it is a flag: a positional argument. */
export function wordAfter(
  words: readonly string[],
  ...markers: string[]
): string | undefined {
  const index = words.findIndex((_, start) =>
    markers.every((marker, offset) =>
      offset === 0
        ? words[start] === marker || words[start]?.endsWith(`/${marker}`)
        : words[start + offset] === marker,
    ),
  );
  const word = index < 0 ? undefined : words[index + markers.length];
  return word === undefined || word.startsWith('-') ? undefined : unquote(word);
}

/** A port flag, else the fallback. */
export function portOf(
  container: ContainerView,
  fallback: number,
  ...flags: string[]
): number {
  const text = flagValue(container.words, ...flags) ?? container.variables.PORT;
  const port = text !== undefined && /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port <= 65_535 ? port : fallback;
}

/** The text when it is a Hugging Face id; a path such as `/models/x` is none. */
export function asModelId(text: string | undefined): string | undefined {
  return text !== undefined && modelIdSchema.safeParse(text).success
    ? text
    : undefined;
}

/** The text when it is a commit; branches and tags are no pinned revision. */
export function asRevision(text: string | undefined): string | undefined {
  return text !== undefined && /^[0-9a-f]{40}$/.test(text) ? text : undefined;
}

function unquote(text: string): string {
  return text.replace(/^(['"])(.*)\1$/, '$2');
}
