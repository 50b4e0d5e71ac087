import { spawn } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { ensureControlPlane } from './binaries.mjs';

/** Users of the token file. The groups are those which a ServiceAccount's own token would carry. */
const USERS = [
  { token: 'admin', name: 'promptside-admin', groups: 'system:masters' },
  {
    token: 'portal',
    name: 'system:serviceaccount:promptside-system:promptside-portal',
    groups: 'system:serviceaccounts,system:serviceaccounts:promptside-system',
  },
  { token: 'devSearch', name: 'dev-search', groups: 'team-search' },
  {
    token: 'controllers',
    name: 'system:kube-controller-manager',
    groups: 'system:masters',
  },
];
const READY_WITHIN_MS = 90_000;
const STOP_WITHIN_MS = 4_000;

/** A port that was free a moment ago. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a program with its output in `<dir>/<name>.log`; `stop` ends it, gently first. */
function start(name, command, args, dir) {
  const log = createWriteStream(join(dir, `${name}.log`));
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.pipe(log, { end: false });
  child.stderr.pipe(log, { end: false });
  const ended = new Promise(resolve => {
    child.on('error', error => resolve(error.message));
    child.on('close', (code, signal) => resolve(`${signal ?? `code ${code}`}`));
  });
  let running = true;
  ended.then(() => {
    running = false;
    log.end();
  });
  return {
    name,
    ended,
    isRunning: () => running,
    kill: signal => running && child.kill(signal),
    async stop(first) {
      if (!running) return;
      child.kill(first);
      const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
    lastWords() {
      const lines = readFileSync(join(dir, `${name}.log`), 'utf8')
        .trim()
        .split('\n');
      return lines.slice(-5).join('\n');
    },
  };
}

function get(url, ca, token) {
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      { ca, headers: { authorization: `Bearer ${token}` }, timeout: 5000 },
      response => {
        response.resume();
        response.on('end', () => resolve(response.statusCode));
      },
    );
    call.on('error', reject);
    call.on('timeout', () => call.destroy(new Error('no answer in 5 s')));
    call.end();
  });
}

/** Waits until `check` resolves to true; ends at once when the program has ended. */
async function until(what, process_, check) {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    if (!process_.isRunning()) {
      throw new Error(
        `${process_.name} ended (${await process_.ended}):\n${process_.lastWords()}`,
      );
    }
    try {
      if (await check()) return;
    } catch {
      // Not listening yet.
    }
    if (Date.now() > deadline) {
      throw new Error(
        `${what} is not ready after ${READY_WITHIN_MS / 1000} s:\n${process_.lastWords()}`,
      );
    }
    await sleep(100);
  }
}

/** kubeconfig with one context per user, named as in the demo cluster. */
function kubeconfigText(url, caData, tokens) {
  const contexts = {
    admin: tokens.admin,
    portal: tokens.portal,
    'dev-search': tokens.devSearch,
  };
  // JSON is YAML, so nothing needs to be escaped by hand.
  return `${JSON.stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'admin',
      clusters: [
        {
          name: 'real',
          cluster: { server: url, 'certificate-authority-data': caData },
        },
      ],
      users: Object.entries(contexts).map(([name, token]) => ({
        name,
        user: { token },
      })),
      contexts: Object.keys(contexts).map(name => ({
        name,
        context: { cluster: 'real', user: name },
      })),
    },
    undefined,
    2,
  )}\n`;
}

function writeCredentials(dir) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  writeFileSync(join(dir, 'sa.key'), privateKey, { mode: 0o600 });
  writeFileSync(join(dir, 'sa.pub'), publicKey);
  const tokens = Object.fromEntries(
    USERS.map(user => [user.token, randomBytes(24).toString('base64url')]),
  );
  writeFileSync(
    join(dir, 'tokens.csv'),
    USERS.map(
      u => `${tokens[u.token]},${u.name},${u.name},"${u.groups}"\n`,
    ).join(''),
    { mode: 0o600 },
  );
  return tokens;
}

async function boot(programs, dir, tokens, started) {
  const [clientPort, peerPort, apiPort, managerPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const etcdUrl = `http://127.0.0.1:${clientPort}`;
  const peerUrl = `http://127.0.0.1:${peerPort}`;
  const etcd = start(
    'etcd',
    programs.etcd,
    [
      `--data-dir=${join(dir, 'etcd')}`,
      '--unsafe-no-fsync',
      '--log-level=warn',
      `--listen-client-urls=${etcdUrl}`,
      `--advertise-client-urls=${etcdUrl}`,
      `--listen-peer-urls=${peerUrl}`,
      `--initial-advertise-peer-urls=${peerUrl}`,
      `--initial-cluster=default=${peerUrl}`,
    ],
    dir,
  );
  started.push(etcd);
  const apiserver = start(
    'kube-apiserver',
    programs.apiserver,
    [
      `--etcd-servers=${etcdUrl}`,
      '--bind-address=127.0.0.1',
      '--advertise-address=127.0.0.1',
      // A loopback address may not become an Endpoints object.
      '--endpoint-reconciler-type=none',
      `--secure-port=${apiPort}`,
      `--cert-dir=${join(dir, 'certs')}`,
      `--token-auth-file=${join(dir, 'tokens.csv')}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.96.0.0/16',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-signing-key-file=${join(dir, 'sa.key')}`,
      `--service-account-key-file=${join(dir, 'sa.pub')}`,
      // Without the controller manager nobody makes the default ServiceAccount that this plugin waits for.
      `--disable-admission-plugins=${programs.controllerManager ? '' : 'ServiceAccount'}`,
      '--shutdown-delay-duration=0s',
      '--enable-priority-and-fairness=false',
      '--profiling=false',
      // Device plugins and exporters of real clusters ask for it; Pod Security decides per namespace.
      '--allow-privileged=true',
    ],
    dir,
  );
  started.push(apiserver);
  const url = `https://127.0.0.1:${apiPort}`;
  const certificate = join(dir, 'certs', 'apiserver.crt');
  await until('the API server', apiserver, async () => {
    if (!existsSync(certificate)) return false;
    const status = await get(
      `${url}/readyz`,
      readFileSync(certificate),
      tokens.admin,
    );
    return status === 200;
  });
  const caData = readFileSync(certificate).toString('base64');
  if (programs.controllerManager) {
    const config = join(dir, 'controller-manager.kubeconfig');
    writeFileSync(
      config,
      kubeconfigText(url, caData, { admin: tokens.controllers }),
      { mode: 0o600 },
    );
    started.push(
      start(
        'kube-controller-manager',
        programs.controllerManager,
        [
          `--kubeconfig=${config}`,
          '--leader-elect=false',
          '--bind-address=127.0.0.1',
          `--secure-port=${managerPort}`,
          `--cert-dir=${join(dir, 'manager-certs')}`,
          `--service-account-private-key-file=${join(dir, 'sa.key')}`,
          `--root-ca-file=${certificate}`,
          // The usual minutes between two rounds would make tests wait.
          '--resource-quota-sync-period=2s',
          '--namespace-sync-period=10s',
        ],
        dir,
      ),
    );
  }
  return { url, caData, caFile: certificate };
}

/**
 * Starts etcd, kube-apiserver and, where present, kube-controller-manager on free loopback ports.
 *
 * RBAC is on and grants nothing to `portal` and `devSearch`: who needs rights for them binds them.
 * There is no scheduler and no kubelet, so pods never run.
 *
 * @param options - `dir`: state folder, a temporary one by default, removed by `stop`; `controllers`: without it no controller
 *   manager runs even where there is one; `log`: progress lines
 * @returns where it is, how to get in, which programs run, and `stop`
 * @throws CannotRunError when the machine has no control plane and cannot build one
 */
export async function startRealCluster({
  dir,
  controllers: withControllers = true,
  log = () => {},
} = {}) {
  const found = await ensureControlPlane(log);
  const programs = withControllers
    ? found
    : { ...found, controllerManager: undefined };
  const home = dir ?? mkdtempSync(join(tmpdir(), 'promptside-kube-'));
  mkdirSync(join(home, 'certs'), { recursive: true });
  const started = [];
  // Nothing outlives this process, however it ends.
  const killAll = () => started.forEach(p => p.kill('SIGKILL'));
  process.on('exit', killAll);
  const stop = async () => {
    // The API server waits for its watches to end, up to a minute; its data is thrown away, so it need not.
    await Promise.all(
      started.map(p =>
        p.stop(p.name === 'kube-apiserver' ? 'SIGKILL' : 'SIGTERM'),
      ),
    );
    process.off('exit', killAll);
    if (!dir) rmSync(home, { recursive: true, force: true });
  };
  try {
    const { controllers, ...tokens } = writeCredentials(home);
    const { url, caData, caFile } = await boot(
      programs,
      home,
      { ...tokens, controllers },
      started,
    );
    const kubeconfig = join(home, 'kubeconfig');
    writeFileSync(kubeconfig, kubeconfigText(url, caData, tokens), {
      mode: 0o600,
    });
    const description = {
      url,
      caData,
      caFile,
      kubeconfig,
      tokens,
      controllers: Boolean(programs.controllerManager),
      kubectl: programs.kubectl,
    };
    // Test processes find the cluster by this file.
    const file = join(home, 'cluster.json');
    writeFileSync(file, JSON.stringify(description), { mode: 0o600 });
    return { ...description, file, dir: home, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function main() {
  const { values } = parseArgs({
    options: {
      dir: { type: 'string' },
      'no-controllers': { type: 'boolean', default: false },
    },
  });
  const cluster = await startRealCluster({
    dir: values.dir,
    controllers: !values['no-controllers'],
    log: line => console.error(line),
  });
  console.log(
    `Kubernetes API at ${cluster.url}, kubeconfig ${cluster.kubeconfig}`,
  );
  const end = () => cluster.stop().then(() => process.exit(0));
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main().catch(error => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
