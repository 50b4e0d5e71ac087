import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { packagesWithoutChangeset } from './changesets.mjs';

test('names published packages without a changeset or a changelog', () => {
  const root = mkdtempSync(join(tmpdir(), 'changesets-'));
  const write = (path, text) => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const plugin = (folder, parts = {}) =>
    write(
      `plugins/${folder}/package.json`,
      JSON.stringify({ name: `@scope/${folder}`, ...parts }),
    );
  try {
    plugin('told');
    plugin('told-with-another');
    plugin('released');
    plugin('internal', { private: true });
    plugin('only-mentioned');
    plugin('silent');
    write('plugins/released/CHANGELOG.md', '# released\n');
    write('plugins/no-package/notes.md', '');
    write(
      '.changeset/first.md',
      `---\n'@scope/told': minor\n"@scope/told-with-another": patch\n---\n\nText.\n\n'@scope/only-mentioned': minor\n`,
    );
    write('.changeset/README.md', `---\n'@scope/silent': minor\n---\n`);
    write('.changeset/config.json', '{}');
    assert.deepEqual(packagesWithoutChangeset(root), [
      '@scope/only-mentioned',
      '@scope/silent',
    ]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test('every published package of this repository has one', () => {
  assert.deepEqual(packagesWithoutChangeset(), []);
});
