import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { evaluate, readQuestions } from '../src/evaluate.ts';

const retrieve = async () =>
  [1, 2, 3, 4, 5].map(n => ({ id: String(n), document: `docs/${n}.md`, title: '', text: '', score: 1 }));

test('counts hits and reciprocal ranks', async () => {
  const golden = [
    { question: 'a', sources: ['1.md'] },
    { question: 'b', sources: ['9.md', '/2.md'] },
    { question: 'c', sources: ['5.md'] },
  ];
  const { hit_rate, mrr, missed } = await evaluate(golden, retrieve, 3);
  assert.deepEqual([hit_rate, mrr, missed], [0.6667, 0.5, ['c']]);
});

test('names the line that is no question', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rag-evaluate-'));
  const path = join(folder, 'q.jsonl');
  writeFileSync(path, '{"question": "a", "sources": ["x"]}\n\n{"question": "b"}\nnothing\n');
  await assert.rejects(readQuestions(path), (error: Error) => {
    assert.deepEqual(error.message.match(/:\d+ /g), [':3 ', ':4 ']);
    return true;
  });
  rmSync(folder, { recursive: true });
});
