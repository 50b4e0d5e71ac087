import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import {
  makeInferenceObjects,
  type RenderOptions,
} from '../buildInferenceObjects';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { leavesOf, partAt, pathKey, type Path } from './leaves';

/** A text that a value of the chart stands for. */
export interface ValueText {
  /** As it is in the objects. */
  text: string;
  /** As it would be with the probed spec. */
  probed: string;
  /** Template expression that gives it. */
  expression: string;
}

/** A setting that the chart may leave open, and a spec with which it would be another. */
export interface Probe {
  spec: InferenceSpec;
  model: Model | undefined;
  texts: readonly ValueText[];
}

/** Where a value goes: to the part of an object at a path, made of text and expressions by turns. */
export interface Slot {
  /** The first step is the object's index. */
  path: Path;
  /** A number or boolean is written bare, a text in quotes. */
  bare: boolean;
  /** Texts are literal, expressions are evaluated. */
  pieces: readonly ({ text: string } | { expression: string })[];
}

/**
 * Finds by experiment where a setting shows in the objects: they are made once more with another value, and every leaf that
 * becomes different must be explained by it.
 *
 * @returns undefined when something else follows from the setting, too; then it is no value of a chart, for a template does
 *   not calculate what the builders do
 */
export function probeValue(
  objects: readonly KubernetesObjectLike[],
  { spec, model, texts }: Probe,
  options: RenderOptions,
): Slot[] | undefined {
  const probed = makeInferenceObjects(spec, model, options);
  const before = leavesOf(objects);
  const after = leavesOf(probed);
  const sameShape =
    before.length === after.length &&
    before.every(({ path }, i) => pathKey(path) === pathKey(after[i].path));
  if (!sameShape) return undefined;

  const slots: Slot[] = [];
  for (const { path, value } of before) {
    const other = partAt(probed, path);
    if (Object.is(value, other)) continue;
    if (typeof value === 'object') continue;
    const pieces = piecesOf(String(other), texts);
    const explained = pieces
      .map(piece => ('text' in piece ? piece.text : piece.of))
      .join('');
    if (explained !== String(value)) return undefined;
    slots.push({
      path,
      bare: typeof value !== 'string',
      pieces: pieces.map(piece =>
        'text' in piece ? piece : { expression: piece.expression },
      ),
    });
  }
  return slots;
}

type Piece = { text: string } | { expression: string; of: string };

/** Cuts a probed text where probed values stand in it. Longer ones go first: one may be the beginning of another. */
function piecesOf(probed: string, texts: readonly ValueText[]): Piece[] {
  const [first] = [...texts]
    .sort((a, b) => b.probed.length - a.probed.length)
    .filter(({ probed: wanted }) => probed.includes(wanted));
  if (!first) return probed ? [{ text: probed }] : [];
  const at = probed.indexOf(first.probed);
  return [
    ...piecesOf(probed.slice(0, at), texts),
    { expression: first.expression, of: first.text },
    ...piecesOf(probed.slice(at + first.probed.length), texts),
  ];
}
