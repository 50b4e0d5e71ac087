#!/usr/bin/env node
// npm run test:e2e: starts the portal with fresh data on free ports and walks through it in a real browser.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureChromium } from '../lib/chromium.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { ROOT } from '../lib/paths.mjs';
import { freePort } from '../lib/ports.mjs';
import { phase } from '../lib/progress.mjs';
import { createResults } from '../lib/results.mjs';
import { run } from '../lib/run.mjs';
import { ensureToolchain } from '../lib/toolchain.mjs';
import { runMain } from '../lib/UserError.mjs';

const TESTS = join(ROOT, 'packages', 'app', 'e2e-tests');

/** The portal as a person starts it, so that the start is part of what is tested. */
function startPortal(port, stateDir) {
  const child = spawn(process.execPath, [join(ROOT, 'scripts', 'portal.mjs')], {
    cwd: ROOT,
    env: {
      ...process.env,
      PORT: String(port),
      PROMPTSIDE_STATE_DIR: stateDir,
      PROMPTSIDE_TIME_SCALE: '2',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise(resolve => {
    child.once('close', resolve);
  });
  const ready = new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line => {
        process.stdout.write(`  ${line}\n`);
        if (/Promptside is ready/.test(line)) resolve();
      });
    }
    ended.then(code => reject(new Error(`the portal ended with ${code}`)));
  });
  // Ending is no fault once it was ready.
  ready.catch(() => undefined);
  return {
    ready,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

runMain(async () => {
  const chromium = await ensureChromium();
  if (!chromium) {
    process.stdout.write(
      'test:e2e cannot run: there is no Chromium and none may be installed here. Install the package "chromium" or set CHROMIUM_PATH.\n',
    );
    return;
  }
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  const results = createResults();
  const stateDir = mkdtempSync(join(tmpdir(), 'promptside-e2e-'));
  const port = await freePort(7107);
  const portal = startPortal(port, stateDir);
  try {
    await phase('Starting the portal with fresh data', () => portal.ready);
    const files = readdirSync(TESTS)
      .filter(file => file.endsWith('.e2e.ts'))
      .sort()
      .map(file => join(TESTS, file));
    const { code, output } = await run(
      toolchain.node,
      ['--test', '--test-reporter=tap', '--test-concurrency=1', ...files],
      {
        cwd: ROOT,
        allowFailure: true,
        env: {
          ...toolchain.env,
          PROMPTSIDE_URL: `http://localhost:${port}`,
          PROMPTSIDE_KUBECONFIG: join(stateDir, 'kubeconfig'),
          PROMPTSIDE_STATE_DIR: stateDir,
          CHROMIUM_PATH: chromium,
        },
      },
    );
    process.stdout.write(`${output}\n`);
    const count = name =>
      Number(output.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? 0);
    results.add({
      passed: count('pass'),
      failed: count('fail') || (code === 0 ? 0 : 1),
    });
  } catch (error) {
    process.stdout.write(`${error.message}\n`);
    results.add({ passed: 0, failed: 1 });
  } finally {
    await portal.stop();
    rmSync(stateDir, { recursive: true, force: true });
  }
  results.finish();
});
