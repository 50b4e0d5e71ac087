#!/usr/bin/env node
// npm run test:cluster: the same tests on a real kube-apiserver. Last line: "N passed, N failed".
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ensureInstalled } from '../lib/install.mjs';
import { ROOT } from '../lib/paths.mjs';
import { phase } from '../lib/progress.mjs';
import { createResults, runJest } from '../lib/results.mjs';
import { ensureToolchain } from '../lib/toolchain.mjs';
import { runMain } from '../lib/UserError.mjs';
import { CannotRunError, findHelm } from '../realcluster/binaries.mjs';
import { installDefinitions } from '../realcluster/install.mjs';
import { startRealCluster } from '../realcluster/start.mjs';

const DEMO_CLUSTER = join(ROOT, 'packages', 'demo-cluster');
const log = line => process.stdout.write(`  ${line}\n`);

/** The control plane, or undefined when this machine can have none; one line says why. */
async function startOrExplain() {
  try {
    return await startRealCluster({ log });
  } catch (error) {
    if (!(error instanceof CannotRunError)) throw error;
    process.stdout.write(`test:cluster cannot run: ${error.message}\n`);
    return undefined;
  }
}

/** Test folders of plugins, each run with its package's own jest configuration. Node 20 has no `fs.globSync`. */
function pluginTests() {
  const plugins = join(ROOT, 'plugins');
  return readdirSync(plugins)
    .sort()
    .map(name => join(plugins, name, 'cluster-tests'))
    .filter(folder => existsSync(folder));
}

runMain(async () => {
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  const cluster = await phase('Starting a real control plane', startOrExplain);
  if (!cluster) return;
  const { helm, missing } = await findHelm(log);
  if (missing) {
    process.stdout.write(`Rendered charts are not tested: ${missing}\n`);
  }
  const results = createResults();
  const { tokens } = cluster;
  const env = {
    ...toolchain.env,
    CI: 'true',
    PROMPTSIDE_KUBECONFIG: cluster.kubeconfig,
    PROMPTSIDE_KUBE_URL: cluster.url,
    PROMPTSIDE_KUBE_CA: cluster.caData,
    PROMPTSIDE_KUBE_TOKEN: tokens.admin,
    PROMPTSIDE_KUBE_PORTAL_TOKEN: tokens.portal,
    PROMPTSIDE_KUBE_DEV_TOKEN: tokens.devSearch,
    ...(cluster.kubectl && { PROMPTSIDE_KUBECTL: cluster.kubectl }),
    ...(helm && { PROMPTSIDE_HELM: helm }),
  };
  const test = async (cwd, args, more = {}) =>
    results.add(
      await runJest(
        [...toolchain.yarn, 'backstage-cli', 'package', 'test'],
        ['--watchAll=false', '--silent', ...args],
        { cwd, env: { ...env, ...more } },
      ),
    );
  try {
    await phase('The contract on the real API server', () =>
      test(DEMO_CLUSTER, ['src/contract'], {
        PROMPTSIDE_CONTRACT_CLUSTER: cluster.file,
      }),
    );
    if (cluster.kubectl) {
      // npm test runs the rest of the contract on the demo cluster; kubectl is at hand only here.
      await phase('kubectl on the demo cluster', () =>
        test(DEMO_CLUSTER, ['src/contract', '-t', 'kubectl']),
      );
    }
    await installDefinitions(cluster);
    for (const folder of pluginTests()) {
      const plugin = dirname(folder);
      await phase(`${basename(plugin)} on the real API server`, () =>
        test(plugin, ['--rootDir', folder]),
      );
    }
  } finally {
    await cluster.stop();
  }
  results.finish();
});
