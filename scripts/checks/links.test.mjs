import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { brokenLinks } from './links.mjs';

function linksOf(files) {
  const root = mkdtempSync(join(tmpdir(), 'links-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    return brokenLinks(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

test('finds links to files, pictures and headings that are not there', () => {
  const text = [
    '[a](docs/no.md) ![b](no.png "title") [c](docs/a.md#no) [d](#no)',
    '[e](/no.md) and [f][ref]',
    '',
    '[ref]: docs/none.md',
  ].join('\n');
  assert.deepEqual(linksOf({ 'README.md': text, 'docs/a.md': '# A\n' }), [
    'README.md: docs/no.md',
    'README.md: no.png',
    'README.md: docs/a.md#no',
    'README.md: #no',
    'README.md: /no.md',
    'README.md: docs/none.md',
  ]);
});

test('lets every other link be', () => {
  const text = [
    '# One `code` heading, with signs!',
    '[a](docs/a.md) [b](docs) [c](docs/a.md#two-words) [d](/docs/a.md)',
    '[e](https://host/no) [f](mailto:a@b.c) [g](#one-code-heading-with-signs)',
    '`[h](no.md)`',
    '```md',
    '[i](no.md)',
    '```',
  ].join('\n');
  const files = {
    'README.md': text,
    'docs/a.md': '# A\n\n## Two words\n',
    'node_modules/x/README.md': '[x](no.md)',
    'templates/x/skeleton/README.md': '[x](no.md)',
  };
  assert.deepEqual(linksOf(files), []);
});
