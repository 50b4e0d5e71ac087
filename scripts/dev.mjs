#!/usr/bin/env node
// npm run dev: the portal with hot reload on http://localhost:3000, backend on 7007, demo cluster and git host beside it.
import { join } from 'node:path';
import { ensureProgramsBuilt } from './lib/build.mjs';
import { createChildren } from './lib/children.mjs';
import { startSurroundings } from './lib/demo.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/paths.mjs';
import { assertFree, portFrom } from './lib/ports.mjs';
import { phase } from './lib/progress.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';
import { runMain } from './lib/UserError.mjs';

runMain(async () => {
  const port = portFrom('PORT', 7007);
  await assertFree(port, 'PORT');
  await assertFree(3000, 'the port of the front end');
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  await ensureProgramsBuilt();
  const children = createChildren();
  const demoEnv = await phase(
    'Starting the demo cluster and the git host',
    () => startSurroundings(children, toolchain),
  );
  children.start(
    'dev',
    toolchain.yarn[0],
    [
      toolchain.yarn[1],
      'backstage-cli',
      'repo',
      'start',
      '--config',
      join(ROOT, 'app-config.yaml'),
      '--config',
      join(ROOT, 'app-config.dev.yaml'),
    ],
    {
      cwd: ROOT,
      env: { ...toolchain.env, ...demoEnv, PORT: String(port) },
    },
  );
});
