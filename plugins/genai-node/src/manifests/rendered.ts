/** First lines of every file that is rendered. Who finds them knows that the file is nobody's own. */
export const RENDERED = [
  'Rendered from inference.yaml: edit that file and render again. Changes here are lost.',
];

/** The same for a RAG service. */
export const RENDERED_RAG = [
  'Rendered from rag.yaml: edit that file and render again. Changes here are lost.',
];

/** The same for a vector store. */
export const RENDERED_STORE = [
  'Rendered from vector-store.yaml: edit that file and render again. Changes here are lost.',
];

/** Characters in which the lines stand, whatever the file's kind. */
const HEAD = 300;

/**
 * Folders, relative to that of the spec, of which a later rendering may take away what an earlier one left. Overlays are
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
  const head = text.slice(0, HEAD);
  return [RENDERED, RENDERED_RAG, RENDERED_STORE].some(([line]) =>
    head.includes(line),
  );
}
