import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { toYaml } from '../toYaml';
import { withParts, type Path } from './leaves';
import type { Slot } from './probeValues';

/** A part of an object that a value of the chart gives as a whole. */
export interface MapSlot {
  path: Path;
  /** Template expression of a map. */
  map: string;
}

const OPENING = '{{';

/** Text that the template engine gives out as it stands: it evaluates nothing that it does not open itself. */
export function escapeTemplate(text: string): string {
  return text.replaceAll(OPENING, '{{ "{{" }}');
}

/**
 * An object as the text of a Helm template. Its strings are data, whatever they hold; only slots are evaluated, and what a value
 * puts there is quoted as YAML.
 *
 * @param slots - with paths inside of the object
 */
export function templateText(
  object: KubernetesObjectLike,
  slots: readonly (Slot | MapSlot)[],
): string {
  const mark = markNotIn(JSON.stringify(object));
  const marked = withParts(
    object,
    slots.map(({ path }, index) => ({ path, part: `${mark}${index}E` })),
  );
  return escapeTemplate(toYaml(marked))
    .split('\n')
    .map(line =>
      line.replace(
        new RegExp(`${mark}(\\d+)E`),
        (_, index: string, at: number) => {
          const slot = slots[Number(index)];
          return 'map' in slot
            ? // Two further than the key, whose colon and blank come before the mark.
              `{{- toYaml ${slot.map} | nindent ${indentOf(line.slice(0, at))} }}`
            : action(slot);
        },
      ),
    )
    .join('\n');
}

/** Columns of what stands below the last key of a line. */
function indentOf(before: string): number {
  return /^ *(- )*/.exec(before)![0].length + 2;
}

/** Letters that no text of the object has. */
function markNotIn(text: string): string {
  let mark = 'PromptsideSlot';
  while (text.includes(mark)) mark += 'X';
  return mark;
}

function action({ bare, pieces }: Slot): string {
  const [only] = pieces;
  if (pieces.length === 1 && 'expression' in only) {
    return bare
      ? `{{ ${only.expression} }}`
      : `{{ ${only.expression} | quote }}`;
  }
  const format = pieces
    .map(piece => ('text' in piece ? piece.text.replaceAll('%', '%%') : '%v'))
    .join('');
  const values = pieces.flatMap(piece =>
    'expression' in piece
      ? [
          piece.expression.includes(' ')
            ? `(${piece.expression})`
            : piece.expression,
        ]
      : [],
  );
  // A string of JSON is one of the template language, too.
  return `{{ printf ${JSON.stringify(format)} ${values.join(' ')} | quote }}`;
}
