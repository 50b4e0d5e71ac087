#!/usr/bin/env node
// npm run -s plan: reads questions about inference plans as lines of JSON from standard input and writes one line of JSON
// each to standard output, and nothing else there. The questions and answers are told in docs/sizing.md.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/paths.mjs';
import { progressToStandardError } from './lib/progress.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';
import { runMain } from './lib/UserError.mjs';

runMain(async () => {
  progressToStandardError();
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  const child = spawn(
    toolchain.node,
    [
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      join(ROOT, 'scripts', 'lib', 'answerPlans.mjs'),
    ],
    { cwd: ROOT, env: toolchain.env, stdio: 'inherit' },
  );
  process.exitCode = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', code => resolve(code ?? 1));
  });
});
