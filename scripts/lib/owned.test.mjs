import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { ROOT } from './paths.mjs';

const OWNED = pathToFileURL(join(ROOT, 'scripts', 'lib', 'owned.mjs'));

// A server that listens to no signal it can refuse; it tells its process id when it cannot be asked to end any more.
const STUBBORN = `
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
  console.log('pid', process.pid);
  setInterval(() => {}, 1000);
`;

const scriptWith = folder => `
  import { spawn } from 'node:child_process';
  import { obeySignals, own, ownFolder } from '${OWNED}';
  obeySignals();
  ownFolder(${JSON.stringify(folder)});
  own(spawn(process.execPath, ['-e', ${JSON.stringify(STUBBORN)}], { stdio: ['ignore', 'inherit', 'inherit'] }));
  setInterval(() => {}, 1000);
`;

/** Starts the script, directly or below a shell as npm does; its server's process id and its folder. */
async function startScript({ belowShell = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'promptside-owned-'));
  const args = ['--input-type=module', '-e', scriptWith(folder)];
  const [command, commandArgs] = belowShell
    ? // The second command keeps the shell from becoming the first.
      ['sh', ['-c', '"$@"; true', 'sh', process.execPath, ...args]]
    : [process.execPath, args];
  const child = spawn(command, commandArgs, {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
    env: { ...process.env, npm_lifecycle_event: belowShell ? 'test' : '' },
  });
  const exited = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return { child, folder, exited, pid: Number(line.match(/\d+/)[0]) };
}

/** Whether a process runs; one that ended and waits for its parent does not. */
function runs(pid) {
  try {
    process.kill(pid, 0);
    return (
      process.platform !== 'linux' ||
      !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
    );
  } catch {
    return false;
  }
}

async function until(condition) {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 20));
}

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]) {
  test(`${signal} ends the servers and removes the folders`, async () => {
    const { child, folder, exited, pid } = await startScript();
    child.kill(signal);
    assert.equal((await exited)[0], code);
    await until(() => !runs(pid));
    assert.ok(!existsSync(folder));
  });
}

test('a signal to the group of the shell ends the servers', async () => {
  const { child, folder, pid } = await startScript({ belowShell: true });
  process.kill(-child.pid, 'SIGINT');
  await until(() => !runs(pid) && !existsSync(folder));
});

test('a shell that ends and passes nothing on leaves no servers', async () => {
  const { child, folder, exited, pid } = await startScript({
    belowShell: true,
  });
  child.kill('SIGTERM');
  assert.equal((await exited)[1], 'SIGTERM');
  await until(() => !runs(pid) && !existsSync(folder));
});
