import type { DemoCluster } from '@promptside/demo-cluster';
import { createObject } from './createObject';

const RBAC = 'rbac.authorization.k8s.io';

/** A namespace of a team that was onboarded, with the portal's right to deploy and without a ResourceQuota. */
export async function openNamespace(
  cluster: DemoCluster,
  { name, owner }: { name: string; owner: string },
): Promise<void> {
  await createObject(cluster, '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, annotations: { 'promptside.io/owner': owner } },
  });
  await createObject(
    cluster,
    `/apis/${RBAC}/v1/namespaces/${name}/rolebindings`,
    {
      apiVersion: `${RBAC}/v1`,
      kind: 'RoleBinding',
      metadata: { name: 'promptside-deployer', namespace: name },
      roleRef: {
        apiGroup: RBAC,
        kind: 'ClusterRole',
        name: 'promptside-deployer',
      },
      subjects: [
        {
          kind: 'ServiceAccount',
          name: 'promptside-portal',
          namespace: 'promptside-system',
        },
      ],
    },
  );
}
