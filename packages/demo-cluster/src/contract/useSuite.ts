import { startDemoCluster } from '../index';
import { createClient } from './client';
import { eventually, expectCode, Suite, SuiteRef, text } from './suite';
import { ClusterFile, realCluster } from './target';

interface Server extends ClusterFile {
  kind: Suite['kind'];
  stop(): Promise<void>;
}

async function server(): Promise<Server> {
  if (realCluster) {
    return { ...realCluster, kind: 'real', stop: async () => {} };
  }
  const demo = await startDemoCluster({ seed: false, persist: false });
  return {
    kind: 'demo',
    url: demo.url,
    caData: demo.caData,
    tokens: demo.tokens,
    stop: () => demo.stop(),
  };
}

/** Starts or finds the server before the tests of a file and cleans up after them. */
export function useSuite(): SuiteRef {
  let suite: Suite | undefined;
  let end = async () => {};

  beforeAll(async () => {
    const target = await server();
    const { url, caData, tokens } = target;
    const clients = [tokens.admin, tokens.portal, tokens.devSearch].map(token =>
      createClient({ url, caData, token }),
    );
    const [admin, portal, devSearch] = clients;
    const created: string[] = [];
    suite = {
      kind: target.kind,
      url,
      caData,
      tokens,
      admin,
      portal,
      devSearch,
      async namespace(labels) {
        const answer = await admin.post('/api/v1/namespaces', {
          apiVersion: 'v1',
          kind: 'Namespace',
          metadata: { generateName: 'contract-', labels },
        });
        const name = text(expectCode(answer, 201).body.metadata.name);
        created.push(name);
        if (target.controllers !== false) {
          // Pods are refused until the controller has made the account which they run as.
          await eventually(
            () =>
              admin.get(`/api/v1/namespaces/${name}/serviceaccounts/default`),
            account => account.status === 200,
          );
        }
        return name;
      },
    };
    end = async () => {
      for (const name of created) {
        await admin.delete(`/api/v1/namespaces/${name}`);
      }
      clients.forEach(client => client.close());
      await target.stop();
    };
  });

  afterAll(() => end());

  return () => {
    if (!suite) throw new Error('the suite is only there inside a test');
    return suite;
  };
}
