import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { tooLongFiles } from './file-length.mjs';

test('finds sources over 400 lines and leaves fixtures alone', () => {
  const root = mkdtempSync(join(tmpdir(), 'file-length-'));
  try {
    mkdirSync(join(root, 'plugins', '__fixtures__'), { recursive: true });
    const lines = count => 'x\n'.repeat(count);
    writeFileSync(join(root, 'plugins', 'long.ts'), lines(401));
    writeFileSync(join(root, 'plugins', 'fine.ts'), lines(400));
    writeFileSync(join(root, 'plugins', 'long.md'), lines(900));
    writeFileSync(join(root, 'plugins', '__fixtures__', 'a.ts'), lines(900));
    assert.deepEqual(tooLongFiles(['plugins'], root), [
      join('plugins', 'long.ts: 401 lines'),
    ]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});
