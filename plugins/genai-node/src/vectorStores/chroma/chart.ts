/**
 * The chart of amikos-tech that runs Chroma, pinned.
 * Source: amikos-tech/chromadb-chart, templates/statefulset.yaml and values.yaml.
 */
export const CHROMA_CHART = {
  name: 'chromadb',
  repo: 'https://amikos-tech.github.io/chromadb-chart/',
  version: '0.2.2',
} as const;

/** Chroma's image of that chart. */
export const CHROMA_IMAGE = {
  repository: 'ghcr.io/chroma-core/chroma',
  tag: '1.5.3',
} as const;

export const CHROMA_PORT = 8000;
export const CHROMA_DATA = '/data';
