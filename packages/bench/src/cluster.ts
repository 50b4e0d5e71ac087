import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join, resolve } from 'node:path';
import { Child, startChild } from './child';

/** The cluster under load, and how to reach it. */
export interface Cluster {
  url: string;
  /** PEM in base64. */
  caData: string;
  tokens: { admin: string; portal: string };
  kubeconfig: string;
  child: Child;
}

/** An answer, read to its end. */
export interface Download {
  bytes: number;
  body: Buffer;
}

const REPOSITORY = resolve(require.resolve('../package.json'), '../../..');

/** Starts the demo cluster with this many nodes and pods; state goes below `folder`. */
export async function startCluster(
  folder: string,
  size: { nodes: number; pods: number },
): Promise<Cluster> {
  const child = startChild(
    join(REPOSITORY, 'packages/demo-cluster/src/main.ts'),
    [
      ['--port', '0'],
      ['--seed', '1'],
      ['--state-dir', folder],
      ['--nodes', String(size.nodes)],
      ['--pods', String(size.pods)],
      ['--no-persist'],
    ].flat(),
    { cwd: REPOSITORY },
  );
  await child.line(/ready/i);
  const file = JSON.parse(readFileSync(join(folder, 'cluster.json'), 'utf8'));
  return { ...file, kubeconfig: join(folder, 'kubeconfig'), child };
}

/** Calls the API as administrator and reads the whole answer. */
export function callCluster(
  cluster: Cluster,
  path: string,
  change?: { method: string; contentType: string; body: unknown },
): Promise<Download> {
  return new Promise((done, fail) => {
    const body = change && JSON.stringify(change.body);
    const call = request(
      `${cluster.url}${path}`,
      {
        method: change?.method ?? 'GET',
        agent: new Agent({ ca: Buffer.from(cluster.caData, 'base64') }),
        headers: {
          authorization: `Bearer ${cluster.tokens.admin}`,
          'accept-encoding': 'identity',
          ...(body !== undefined && {
            'content-type': change?.contentType,
            'content-length': Buffer.byteLength(body),
          }),
        },
      },
      response => {
        const chunks: Buffer[] = [];
        response.on('data', chunk => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => {
          const whole = Buffer.concat(chunks);
          if (response.statusCode && response.statusCode < 300) {
            done({ bytes: whole.length, body: whole });
          } else {
            fail(
              new Error(
                `${path}: ${response.statusCode} ${whole.toString('utf8', 0, 500)}`,
              ),
            );
          }
        });
      },
    );
    call.on('error', fail);
    call.end(body);
  });
}

/** Runs kubectl and throws its output away; gives the number of bytes. */
export function runKubectl(
  kubectl: string,
  cluster: Cluster,
  args: string[],
): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(
      kubectl,
      ['--kubeconfig', cluster.kubeconfig, ...args],
      {
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    let bytes = 0;
    let complaint = '';
    child.stdout.on('data', chunk => {
      bytes += chunk.length;
    });
    child.stderr.on('data', chunk => {
      complaint += chunk;
    });
    child.on('error', fail);
    child.on('close', code =>
      code === 0 ? done(bytes) : fail(new Error(`kubectl: ${complaint}`)),
    );
  });
}
