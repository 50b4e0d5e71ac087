import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { cached, cacheRoot } from './cache.mjs';

const before = process.env.XDG_CACHE_HOME;
let home;
const silent = () => {};

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'cache-test-'));
  process.env.XDG_CACHE_HOME = home;
});

afterEach(() => {
  if (before === undefined) delete process.env.XDG_CACHE_HOME;
  else process.env.XDG_CACHE_HOME = before;
  rmSync(home, { recursive: true, force: true });
});

const write = text => async folder =>
  writeFileSync(join(folder, 'program'), text);

test('fills a folder once and keeps it', async () => {
  const folder = await cached('v1', ['program'], write('one'), silent);
  assert.equal(await cached('v1', ['program'], write('two'), silent), folder);
  assert.equal(readFileSync(join(folder, 'program'), 'utf8'), 'one');
});

test('leaves nothing that looks finished when filling fails', async () => {
  const failing = async folder => {
    writeFileSync(join(folder, 'program'), 'half');
    throw new Error('no space left');
  };
  await assert.rejects(cached('v1', ['program'], failing, silent), /no space/);
  assert.deepEqual(readdirSync(cacheRoot()), []);
  const folder = await cached('v1', ['program'], write('whole'), silent);
  assert.equal(readFileSync(join(folder, 'program'), 'utf8'), 'whole');
});

test('fills again what lacks a file', async () => {
  mkdirSync(join(cacheRoot(), 'v1'), { recursive: true });
  const folder = await cached('v1', ['program'], write('whole'), silent);
  assert.ok(existsSync(join(folder, 'program')));
});

test('lets one of two builders work and the other use its result', async () => {
  let fills = 0;
  const slowly = async folder => {
    fills += 1;
    await new Promise(resolve => {
      setTimeout(resolve, 50);
    });
    await write('once')(folder);
  };
  const [a, b] = await Promise.all([
    cached('v1', ['program'], slowly, silent),
    cached('v1', ['program'], slowly, silent),
  ]);
  assert.equal(a, b);
  assert.equal(fills, 1);
});

test('breaks the lock of a builder that is gone', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise(resolve => {
    child.on('close', resolve);
  });
  mkdirSync(join(cacheRoot(), 'v1.lock'), { recursive: true });
  writeFileSync(join(cacheRoot(), 'v1.lock', 'pid'), String(child.pid));
  const folder = await cached('v1', ['program'], write('whole'), silent);
  assert.ok(existsSync(join(folder, 'program')));
});

test('breaks a lock that was left without an owner', async () => {
  const lock = join(cacheRoot(), 'v1.lock');
  mkdirSync(lock, { recursive: true });
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, longAgo, longAgo);
  const folder = await cached('v1', ['program'], write('whole'), silent);
  assert.ok(existsSync(join(folder, 'program')));
});
