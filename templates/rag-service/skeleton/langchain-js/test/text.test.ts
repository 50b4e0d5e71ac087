import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { blocks, inspect, readText, titleOf } from '../src/text.ts';
import { countTokens, shorten } from '../src/tokens.ts';

const root = mkdtempSync(join(tmpdir(), 'rag-text-'));
after(() => rmSync(root, { recursive: true, force: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(root, name);
  writeFileSync(path, content);
  return path;
}

async function collect(pieces: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const piece of pieces) all.push(piece);
  return all;
}

async function* cutInto(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

test('a block ends where a paragraph ends, and nothing is lost', async () => {
  const text = Array.from({ length: 10_000 }, (_, n) => `Paragraph ${n} with some words.\n\n`).join('');
  const cut = await collect(blocks(cutInto(text, 1000)));
  assert.equal(cut.join(''), text);
  assert.ok(cut.length > 3 && cut.slice(1).every(block => block.startsWith('\n\nParagraph')));
});

test('hashes and inspects a file in pieces', async () => {
  const content = Buffer.from(`${'ä'.repeat(999)}\n`.repeat(500));
  const seen = await inspect(file('big.txt', content));
  const sha256 = createHash('sha256').update(content).digest('hex');
  assert.deepEqual(seen, { sha256, encoding: 'utf-8', guessed: false });
});

test('reads of a page what its reader sees', async () => {
  const page = file(
    'page.html',
    '<html><head><title>Our  page</title><style>p{}</style><body><nav>Menu</nav>' +
      '<h1>Head</h1><p>One &amp; two<script>alert(1)</script></p></html>',
  );
  const text = (await collect(readText(page, 'utf-8', { html: true }))).join('');
  assert.deepEqual(text.trim().split(/\s+/), ['Head', 'One', '&', 'two']);
  assert.equal(await titleOf(page, 'utf-8', { html: true, fallback: 'page' }), 'Our page');
});

test('a title is the first heading or the name', async () => {
  const options = { html: false, fallback: 'a.md' };
  assert.equal(await titleOf(file('a.md', 'intro\n# The title\n'), 'utf-8', options), 'The title');
  assert.equal(await titleOf(file('b.md', 'no heading'), 'utf-8', options), 'a.md');
});

test('estimates tokens cautiously', () => {
  assert.deepEqual(['internationalization', '日本語', 'a, b'].map(countTokens), [5, 3, 3]);
  assert.equal(shorten('one two three', 2), 'one two …');
});
