import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { CannotRunError, ensureControlPlane } from './binaries.mjs';

const before = { ...process.env };
let folder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assets-test-'));
});
afterEach(() => {
  for (const name of ['KUBEBUILDER_ASSETS', 'PATH']) {
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
