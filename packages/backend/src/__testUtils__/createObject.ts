import type { DemoCluster } from '@promptside/demo-cluster';
import { request } from 'node:https';

/** Creates an object as an administrator. `at` is the path of the collection. */
export function createObject(
  cluster: DemoCluster,
  at: string,
  object: object,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const call = request(
      `${cluster.url}${at}`,
      {
        method: 'POST',
        ca: Buffer.from(cluster.caData, 'base64'),
        headers: {
          authorization: `Bearer ${cluster.tokens.admin}`,
          'content-type': 'application/json',
        },
      },
      answer => {
        answer.resume();
        answer.on('end', () =>
          answer.statusCode === 201
            ? resolve()
            : reject(new Error(`${at}: ${answer.statusCode}`)),
        );
      },
    );
    call.on('error', reject);
    call.end(JSON.stringify(object));
  });
}
