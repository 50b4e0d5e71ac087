import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { brokenPackages, explainYarn, isDamagedCache } from './install.mjs';
import { explainNpm } from './toolchain.mjs';

test('finds packages whose folder or manifest is gone', () => {
  const root = mkdtempSync(join(tmpdir(), 'install-'));
  try {
    assert.equal(brokenPackages(root), undefined);
    for (const name of ['whole', 'hollow']) {
      mkdirSync(join(root, 'node_modules', name), { recursive: true });
    }
    writeFileSync(join(root, 'node_modules', 'whole', 'package.json'), '{}');
    writeFileSync(
      join(root, 'node_modules', '.yarn-state.yml'),
      ['whole', 'hollow', '@a/gone']
        .map(
          name =>
            `"${name}@npm:1.0.0":\n  locations:\n    - "node_modules/${name}"\n  aliases:\n    - "virtual:0f#npm:1.0.0"\n`,
        )
        .join('\n'),
    );
    assert.deepEqual(brokenPackages(root), [
      join(root, 'node_modules', 'hollow'),
      join(root, 'node_modules', '@a', 'gone'),
    ]);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

test('says in one sentence that there is no network', () => {
  for (const output of [
    'YN0001: Error [ERR_SOCKET_CLOSED_BEFORE_CONNECTION]: Socket closed',
    'YN0001: RequestError: getaddrinfo EAI_AGAIN',
    'read ECONNRESET',
  ]) {
    assert.match(
      explainYarn(output),
      /^The package registry cannot be reached/,
    );
  }
  assert.match(
    explainNpm('npm error code EAI_AGAIN'),
    /^The package registry cannot be reached/,
  );
});

test('says in one sentence what else stops an install', () => {
  assert.match(
    explainYarn('YN0028: lockfile would have been modified'),
    /yarn.lock/,
  );
  assert.match(explainYarn('ENOSPC: no space left on device'), /disk is full/);
  assert.match(
    explainYarn('EROFS: read-only file system, mkdir'),
    /cannot be written/,
  );
  assert.match(explainNpm('npm error code ETARGET'), /Install Node/);
  assert.equal(explainYarn('something new'), undefined);
});

test('knows a damaged cache from other faults', () => {
  assert.ok(
    isDamagedCache(
      'YN0018: x: The remote archive does not match the expected checksum',
    ),
  );
  assert.ok(isDamagedCache('Libzip Error: Failed to open the archive'));
  assert.ok(!isDamagedCache('The package registry cannot be reached.'));
});
