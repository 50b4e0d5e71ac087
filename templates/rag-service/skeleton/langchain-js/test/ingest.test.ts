import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, beforeEach, test } from 'node:test';
import { ingest } from '../src/ingest.ts';
import { embeddingServer, memoryStore, settings, split, type MemoryStore } from './fakes.ts';

const root = mkdtempSync(join(tmpdir(), 'rag-test-'));
after(() => rmSync(root, { recursive: true, force: true }));
let docs: string;
let store: MemoryStore;
let number = 0;

beforeEach(() => {
  docs = join(root, `run-${(number += 1)}`, 'docs');
  mkdirSync(docs, { recursive: true });
  for (let page = 0; page < 6; page += 1)
    writeFileSync(join(docs, `${page}.md`), `# Page ${page}\n\nApples ${page}.\n\nPears ${page}.\n\nPlums ${page}.`);
  store = memoryStore();
});

function run(sources: string, { server = embeddingServer(), env = {} as Record<string, string> } = {}) {
  const made = settings({ SOURCES: sources, ...env });
  return ingest({ settings: made, store, embedder: server.embedder(made), split });
}

const textsOf = (end: string) =>
  [...store.state.rows.values()].filter(({ chunk }) => chunk.document.endsWith(end)).map(({ chunk }) => chunk.text);
const names = () => [...new Set([...store.state.rows.values()].map(({ chunk }) => chunk.document.split('/').at(-1)))];

test('writes all, and the second time nothing', async () => {
  const first = await run(docs);
  assert.deepEqual([first.new, first.chunks_written, store.state.rows.size], [6, 24, 24]);
  const second = await run(docs);
  assert.deepEqual([second.unchanged, second.chunks_written, second.removed], [6, 0, 0]);
});

test('replaces what changed and removes what is gone', async () => {
  await run(docs);
  writeFileSync(join(docs, '0.md'), '# Page 0\n\nOnly cherries.');
  rmSync(join(docs, '1.md'));
  const report = await run(docs);
  assert.deepEqual([report.changed, report.removed, report.unchanged], [1, 1, 4]);
  assert.deepEqual(textsOf('0.md'), ['# Page 0', 'Only cherries.']);
  assert.ok(!names().includes('1.md'));
});

test('goes on where a killed run stopped', async () => {
  store.state.breakAfter = 1;
  await assert.rejects(run(docs), /killed/);
  const written = store.state.rows.size;
  assert.ok(written > 0 && written < 24);
  store.state.breakAfter = Infinity;
  const server = embeddingServer();
  const report = await run(docs, { server });
  assert.equal(store.state.rows.size, 24);
  assert.deepEqual([server.texts.length, report.chunks_written], [24 - written, 24 - written]);
});

test('a kill between new and old leaves no old version for ever', async () => {
  await run(docs);
  writeFileSync(join(docs, '0.md'), 'New.');
  store.state.breakOnRemove = true;
  await assert.rejects(run(docs), /killed/);
  store.state.breakOnRemove = false;
  await run(docs);
  assert.deepEqual(textsOf('0.md'), ['New.']);
});

test('tells binaries, duplicates, empty and oversized files', async () => {
  writeFileSync(join(docs, 'a.bin'), Buffer.from('text\0more'));
  writeFileSync(join(docs, 'b.pdf'), '%PDF-1.7 text');
  writeFileSync(join(docs, 'c.md'), readFileSync(join(docs, '0.md')));
  writeFileSync(join(docs, 'd.md'), '  \n');
  writeFileSync(join(docs, 'e.txt'), Buffer.alloc(2 ** 20 + 1, 'x'));
  const report = await run(docs, { env: { MAX_DOCUMENT_MB: '1' } });
  const reasons = report.skipped.map(({ document, reason }) => [document.split('/').at(-1), reason.split(':')[0]]);
  assert.deepEqual(reasons, [
    ['a.bin', 'binary'],
    ['b.pdf', 'binary'],
    ['d.md', 'empty'],
    ['e.txt', 'larger than MAX_DOCUMENT_MB (1)'],
  ]);
  assert.ok(report.duplicates[0]?.document.endsWith('c.md') && report.duplicates[0].same_as.endsWith('0.md'));
});

test('reads what is not UTF-8, and says so', async () => {
  writeFileSync(join(docs, 'old.txt'), Buffer.from('Köln', 'latin1'));
  writeFileSync(join(docs, 'wide.txt'), Buffer.from('\ufeffZürich', 'utf16le'));
  const report = await run(docs);
  assert.deepEqual([textsOf('old.txt'), textsOf('wide.txt')], [['Köln'], ['Zürich']]);
  assert.deepEqual(report.notes.map(({ document }) => document.split('/').at(-1)), ['old.txt']);
});

test('an empty corpus changes nothing', async () => {
  await run(docs);
  const empty = join(docs, '..', 'empty');
  mkdirSync(empty);
  await assert.rejects(run(empty), /nothing was changed/);
  assert.equal(store.state.rows.size, 24);
});

test('a source that is missing loses nothing, one that was taken out goes', async () => {
  const more = join(docs, '..', 'more.md');
  writeFileSync(more, 'More.');
  await run(`${docs} ${more}`);
  renameSync(docs, join(docs, '..', 'unmounted'));
  const report = await run(`${docs} ${more}`);
  assert.deepEqual([report.removed, report.unavailable[0]?.source, names().length], [0, docs, 7]);
  assert.equal((await run(more)).removed, 6);
  assert.deepEqual(names(), ['more.md']);
});

test('reads a git repository and its folder', async () => {
  const git = (...args: string[]) =>
    execFileSync('git', ['-C', docs, '-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'init.defaultBranch=main', ...args]);
  mkdirSync(join(docs, 'guide'));
  writeFileSync(join(docs, 'guide', 'start.md'), 'Start here.');
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'docs');
  await run(`git+file://${docs}@main#guide`);
  assert.deepEqual([...store.state.rows.values()].map(({ chunk }) => chunk.document), [`file://${docs}/guide/start.md`]);
  const report = await run(`git+file://${docs}@nowhere#guide`);
  assert.match(report.unavailable[0]?.reason ?? '', /nowhere/);
});

test('refuses a collection of another model or dimension', async () => {
  store = memoryStore({ embeddingModel: 'other', dimension: 64 });
  await assert.rejects(run(docs), /made with the embedding model other/);
  store = memoryStore({ embeddingModel: 'words-64', dimension: 384 });
  await assert.rejects(run(docs), /holds vectors of 384 dimensions, EMBEDDING_DIMENSION is 64/);
  store = memoryStore({});
  await assert.rejects(run(docs), /does not tell/);
});

test('refuses another model, and longer chunks than the server reads', async () => {
  await assert.rejects(run(docs, { server: embeddingServer({ model: 'other' }) }), /serves other/);
  await assert.rejects(
    run(docs, { server: embeddingServer({ maxWords: 256 }), env: { CHUNK_TOKENS: '300' } }),
    /over the 256 tokens/,
  );
});

test('tries an embedding server again', async () => {
  const busy = [429, 503].map(status => new Response('', { status, headers: { 'Retry-After': '0' } }));
  assert.equal((await run(docs, { server: embeddingServer({ answers: busy }) })).chunks_written, 24);
});

test('cuts nothing off when the model reads less than estimated', async () => {
  const long = join(docs, '..', 'long.txt');
  writeFileSync(long, Array.from({ length: 300 }, (_, index) => `word${index}`).join(' '));
  const server = embeddingServer({ maxWords: 128 });
  await run(long, { server, env: { CHUNK_TOKENS: '100' } });
  assert.equal(store.state.rows.size, 1);
  assert.ok(server.texts.join(' ').split(' ').length >= 300);
});
