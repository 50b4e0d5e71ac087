import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { DOCUMENTS, QUESTIONS, writeCorpus } from './corpus.mjs';

const folder = mkdtempSync(join(tmpdir(), 'promptside-corpus-'));
after(() => rmSync(folder, { recursive: true, force: true }));
const { own, runbooks } = writeCorpus(folder);

test('has two hundred documents, some of the project, none twice', () => {
  const files = readdirSync(folder);
  assert.equal(files.length, DOCUMENTS);
  assert.ok(own > 20 && own + runbooks === DOCUMENTS);
  const contents = files.map(name => readFileSync(join(folder, name), 'utf8'));
  assert.equal(new Set(contents).size, DOCUMENTS);
});

test('each question has one document that holds the words of its answer', () => {
  assert.equal(QUESTIONS.length, 20);
  for (const { source, words } of QUESTIONS) {
    assert.ok(
      readFileSync(join(folder, source), 'utf8').includes(words),
      `${source}: ${words}`,
    );
  }
});
