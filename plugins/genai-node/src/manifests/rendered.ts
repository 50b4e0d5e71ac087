/** First lines of every file that is rendered. Who finds them knows that the file is nobody's own. */
export const RENDERED = [
  'Rendered from inference.yaml: edit that file and render again. Changes here are lost.',
];

/** Characters in which the lines stand, whatever the file's kind. */
const HEAD = 300;

/**
 * Folders, relative to that of `inference.yaml`, of which a later rendering may take away what an earlier one left. Overlays are
 * not among them: people copy them for other clusters.
 *
 * @public
 */
export const RENDERED_FOLDERS: readonly string[] = [
  'base',
  'chart',
  'delivery',
];

/**
 * Whether a file was rendered, by its text.
 *
 * @public
 */
export function isRendered(text: string): boolean {
  return text.slice(0, HEAD).includes(RENDERED[0]);
}
