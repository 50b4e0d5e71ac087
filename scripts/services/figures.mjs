import { say } from '../lib/progress.mjs';

const COLUMNS = [
  ['Framework', f => f.framework],
  ['Store', f => f.server],
  ['Chunks', f => f.chunks],
  ['Chunks/s', f => f.chunksPerSecond.toFixed(0)],
  ['Hit rate at 5', f => f.hitRate.toFixed(2)],
  ['Query p50', f => `${f.totalMs.toFixed(1)} ms`],
  ['Embedding', f => `${f.embeddingMs.toFixed(1)} ms`],
  ['Store', f => `${f.storeMs.toFixed(1)} ms`],
  ['LLM', f => `${f.llmMs.toFixed(1)} ms`],
  ['Overhead', f => `${f.overheadMs.toFixed(1)} ms`],
];

/** The table of docs/performance.md. No figure is a condition of the lane. */
export function printFigures(figures) {
  if (figures.length === 0) return;
  say(`| ${COLUMNS.map(([title]) => title).join(' | ')} |`);
  say(`| ${COLUMNS.map(() => '---').join(' | ')} |`);
  for (const figure of figures)
    say(`| ${COLUMNS.map(([, of]) => of(figure)).join(' | ')} |`);
}
