import { InputError } from '@backstage/errors';
import { parseDocument } from 'yaml';

/** Far above any real spec, far below what would keep a parser busy. */
const MAX_CHARACTERS = 100_000;

/**
 * The value of a spec's file, before anybody looks at its fields.
 *
 * @param file - its name, for the messages
 * @throws InputError that tells the line where it is no YAML
 */
export function readSpecDocument(file: string, yamlText: string): unknown {
  if (yamlText.length > MAX_CHARACTERS) {
    throw new InputError(
      `${file}: has ${yamlText.length} characters, at most ${MAX_CHARACTERS} are read`,
    );
  }
  const document = parseDocument(yamlText, { prettyErrors: true });
  if (document.errors.length > 0) {
    throw new InputError(
      `${file}: ${document.errors[0].message.split('\n')[0]}`,
    );
  }
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw new InputError(`${file}: ${(error as Error).message}`);
  }
}
