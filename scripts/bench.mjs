#!/usr/bin/env node
// yarn bench: measures the live state at scale; yarn bench plan: measures the planner. See packages/bench/README.md.
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/paths.mjs';
import { run } from './lib/run.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';
import { runMain } from './lib/UserError.mjs';
import { ensureKubectl } from './realcluster/binaries.mjs';

runMain(async () => {
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  const [kind, ...rest] = process.argv.slice(2);
  const plan = kind === 'plan';
  const say = line => console.error(line);
  // One column of the comparison is no reason to measure nothing; the report says that it lacks.
  const { kubectl } = plan
    ? {}
    : await ensureKubectl(say).catch(error => {
        say(`no kubectl: ${error.message.split('\n')[0]}`);
        return {};
      });
  const { code } = await run(
    toolchain.node,
    [
      '--require',
      '@backstage/cli-node/config/nodeTransform.cjs',
      join(ROOT, 'packages', 'bench', 'src', plan ? 'planMain.ts' : 'main.ts'),
      ...(plan ? rest : process.argv.slice(2)),
    ],
    {
      cwd: ROOT,
      show: true,
      allowFailure: true,
      env: {
        ...toolchain.env,
        ...(kubectl && { PROMPTSIDE_KUBECTL: kubectl }),
      },
    },
  );
  process.exitCode = code;
});
