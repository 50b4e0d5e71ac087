/** First lines of every file that is rendered. Who finds them knows that the file is nobody's own. */
export const RENDERED = [
  'Rendered from inference.yaml: edit that file and render again. Changes here are lost.',
];
