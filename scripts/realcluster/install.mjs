import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:https';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), 'crds');
const PATH = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const ESTABLISHED_WITHIN_MS = 30_000;

function send(cluster, method, path, body) {
  return new Promise((resolve, reject) => {
    const call = request(
      `${cluster.url}${path}`,
      {
        method,
        ca: Buffer.from(cluster.caData, 'base64'),
        headers: {
          authorization: `Bearer ${cluster.tokens.admin}`,
          'content-type': 'application/json',
        },
      },
      response => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', chunk => {
          text += chunk;
        });
        response.on('end', () => {
          const answer = JSON.parse(text);
          if (response.statusCode < 300) resolve(answer);
          else reject(new Error(`${method} ${path}: ${answer.message}`));
        });
      },
    );
    call.on('error', reject);
    call.end(body && JSON.stringify(body));
  });
}

const isEstablished = definition =>
  definition.status?.conditions?.some(
    condition =>
      condition.type === 'Established' && condition.status === 'True',
  );

/** Installs the definitions of `crds/` and waits until they are served. */
export async function installDefinitions(cluster) {
  // Loaded late: the lane makes sure that packages are installed before it comes here.
  const { parse } = createRequire(import.meta.url)('yaml');
  const files = readdirSync(FOLDER).filter(file => file.endsWith('.yaml'));
  for (const file of files) {
    const definition = parse(readFileSync(join(FOLDER, file), 'utf8'));
    await send(cluster, 'POST', PATH, definition);
    const path = `${PATH}/${definition.metadata.name}`;
    const deadline = Date.now() + ESTABLISHED_WITHIN_MS;
    while (!isEstablished(await send(cluster, 'GET', path))) {
      if (Date.now() > deadline) {
        throw new Error(`${file} is not established`);
      }
      await sleep(100);
    }
  }
}
