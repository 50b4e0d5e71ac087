#!/usr/bin/env node
// npm start: from a fresh clone to a running portal.
import { isDeepStrictEqual } from 'node:util';
import { ensureBuilt } from './lib/build.mjs';
import { createChildren } from './lib/children.mjs';
import {
  ensureState,
  launchSurroundings,
  startBackend,
  waitUntilReady,
} from './lib/demo.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { STATE } from './lib/paths.mjs';
import { assertFree, portFrom } from './lib/ports.mjs';
import { elapsed, phase } from './lib/progress.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';
import { run } from './lib/run.mjs';
import { runMain, UserError } from './lib/UserError.mjs';

runMain(async () => {
  const port = portFrom('PORT', 7007);
  await assertFree(port, 'PORT');
  ensureState();
  await run('git', ['--version']);
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  await ensureBuilt(toolchain);

  const children = createChildren();
  const { expected, ready } = await launchSurroundings(children, toolchain);
  // The portal takes longest and need not wait for a cluster that it knows from last time.
  const early = expected && startBackend(children, toolchain, expected, port);
  const demoEnv = await phase(
    'Starting the demo cluster and the git host',
    () => ready,
  );
  if (early && !isDeepStrictEqual(demoEnv, expected)) {
    throw new UserError(
      'The demo cluster has other certificates or tokens than last time. Run the command again.',
    );
  }
  await phase('Starting the portal', () =>
    waitUntilReady(
      port,
      early ?? startBackend(children, toolchain, demoEnv, port),
    ),
  );
  process.stdout.write(`
Promptside is ready after ${elapsed()}:  http://localhost:${port}

  1. Sign in as guest and open "GPU usage": who holds which GPU (the hardware is simulated).
  2. Create > GPU inference service: pick a model, see whether it fits now, deploy it.
  3. kubectl --kubeconfig ${STATE}/kubeconfig get nodes -L nvidia.com/gpu.product

Ctrl-C ends it; the data stays in ${STATE} ("npm run reset" clears it).
`);
});
