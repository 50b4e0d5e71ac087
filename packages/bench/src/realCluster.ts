import { mkdtempSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startChild } from './child';
import { callCluster, Cluster, startCluster } from './cluster';
import { copyCluster } from './copyCluster';

const START = resolve(
  require.resolve('../package.json'),
  '../../../scripts/realcluster/start.mjs',
);

/**
 * A real kube-apiserver and etcd with the demo cluster's objects. No controller runs beside it: it would take the nodes for
 * dead and their pods away.
 *
 * @throws Error when the machine has no control plane and cannot build one
 */
export async function startRealCluster(
  folder: string,
  size: { nodes: number; pods: number },
  say: (line: string) => void,
): Promise<Cluster> {
  const home = mkdtempSync(join(folder, 'real-'));
  const child = startChild(START, ['--no-controllers', '--dir', home]);
  try {
    await child.line(/^Kubernetes API at /);
    const file = join(home, 'cluster.json');
    const { url, caData, tokens, kubeconfig } = JSON.parse(
      readFileSync(file, 'utf8'),
    );
    const cluster: Cluster = { url, caData, tokens, kubeconfig, child };
    await grantPortal(cluster);
    const demo = await startCluster(mkdtempSync(join(folder, 'demo-')), size);
    try {
      await copyCluster(demo, cluster, say);
    } finally {
      await demo.child.stop();
    }
    return cluster;
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** The portal may read what the demo's portal may, and more: it is a throw-away server, and rights cost the same to check. */
async function grantPortal(cluster: Cluster) {
  await callCluster(
    cluster,
    '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
    {
      method: 'POST',
      contentType: 'application/json',
      body: {
        metadata: { name: 'bench-portal' },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: 'cluster-admin',
        },
        subjects: [
          {
            kind: 'ServiceAccount',
            name: 'promptside-portal',
            namespace: 'promptside-system',
          },
        ],
      },
    },
  );
}
