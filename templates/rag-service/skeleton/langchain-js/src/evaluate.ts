import { readFile } from 'node:fs/promises';
import type { Retrieve } from './answer.ts';
import { ServiceFault } from './faults.ts';

export interface GoldenQuestion {
  question: string;
  /** Ends of document names, any of which is right. */
  sources: string[];
}

function readLine(line: string): GoldenQuestion | undefined {
  try {
    const row = JSON.parse(line);
    const fine = typeof row.question === 'string' && Array.isArray(row.sources);
    return fine ? { question: row.question, sources: row.sources.map(String) } : undefined;
  } catch {
    return undefined;
  }
}

/** Reads JSON lines such as {"question": "...", "sources": ["docs/index.md"]}; names the line that is wrong. */
export async function readQuestions(path: string): Promise<GoldenQuestion[]> {
  const questions: GoldenQuestion[] = [];
  const faults: string[] = [];
  for (const [index, line] of (await readFile(path, 'utf8')).split('\n').entries()) {
    if (!line.trim()) continue;
    const question = readLine(line);
    if (question) questions.push(question);
    else faults.push(`${path}:${index + 1} is not {"question": "...", "sources": ["..."]}`);
  }
  if (questions.length === 0 && faults.length === 0) faults.push(`${path} has no questions`);
  if (faults.length > 0) throw new ServiceFault('ConfigurationInvalid', faults.join('\n'));
  return questions;
}

/** How well retrieval finds: hit rate at k and mean reciprocal rank. The rank is that of the first chunk from a right document. */
export async function evaluate(questions: GoldenQuestion[], retrieve: Retrieve, k: number) {
  const missed: string[] = [];
  let reciprocal = 0;
  for (const { question, sources } of questions) {
    const hits = (await retrieve(question)).slice(0, k);
    const rank = 1 + hits.findIndex(({ document }) => sources.some(source => document.endsWith(source)));
    if (rank > 0) reciprocal += 1 / rank;
    else missed.push(question);
  }
  const count = questions.length;
  const round = (value: number) => Math.round(value * 10_000) / 10_000;
  return { questions: count, k, hit_rate: round(1 - missed.length / count), mrr: round(reciprocal / count), missed };
}
