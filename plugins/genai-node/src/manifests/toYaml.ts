import { Document, isScalar, Scalar, visit } from 'yaml';

/**
 * Words and dots only, beginning with a letter or a slash: no reader takes it for anything but a string, except the words below.
 */
const PLAIN = /^[A-Za-z/][\w./@+-]*(:[\w./@+-]+)*( [\w./@+-]+[,;]?)*$/;

/** Words that YAML 1.1 or 1.2 readers take for a boolean, null or a number. */
const RESERVED = /^(y|n|yes|no|on|off|true|false|null|nan|inf|e[\d_.+-]*)$/i;

/** Several lines of print, such as a document inside the document: readable as a block, and no reader errs. */
const BLOCK = /^(?![ \n])[\x20-\x7e]+(\n(?! *\n)[\x20-\x7e]+)+\n$/;

/**
 * YAML text that every reader understands alike. The API's tools read YAML 1.1 with parts of 1.2, where `yes`, `1_000`,
 * `0o17` or `1:20` are no strings; so whatever is not plainly a word is quoted.
 *
 * @param value - plain JSON data
 * @param options - `comment`: lines at the top of the document
 */
export function toYaml(
  value: unknown,
  options: { comment?: readonly string[] } = {},
): string {
  const document = new Document(value, {
    // Shared label objects would otherwise become anchors and aliases.
    aliasDuplicateObjects: false,
  });
  visit(document, {
    Scalar(key, node) {
      if (isScalar(node) && typeof node.value === 'string') {
        node.type = quoteType(node.value, key === 'key');
      }
    },
  });
  if (options.comment) {
    document.commentBefore = options.comment.map(line => ` ${line}`).join('\n');
  }
  return document.toString({ lineWidth: 0 });
}

function quoteType(text: string, isKey: boolean) {
  if (PLAIN.test(text) && !RESERVED.test(text)) return Scalar.PLAIN;
  return !isKey && BLOCK.test(text)
    ? Scalar.BLOCK_LITERAL
    : Scalar.QUOTE_DOUBLE;
}
