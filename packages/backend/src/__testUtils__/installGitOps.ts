import type { DemoCluster } from '@promptside/demo-cluster';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { createObject } from './createObject';

const ROOT = path.resolve(__dirname, '../../../..');
const DEFINITIONS = [
  'applications',
  'gitrepositories',
  'helmreleases',
  'kustomizations',
];
const RBAC = '/apis/rbac.authorization.k8s.io/v1';
/** Where Argo CD lives by default. */
const ARGO = 'argocd';
const ROLE = 'promptside-gitops';

const textOf = (file: string) => readFileSync(path.join(ROOT, file), 'utf8');

/** Flux and Argo CD as far as a dry run sees them: their kinds, and the portal's documented right to write them for the teams. */
export async function installGitOps(
  cluster: DemoCluster,
  namespaces: readonly string[],
): Promise<void> {
  for (const name of DEFINITIONS) {
    await createObject(
      cluster,
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      parse(textOf(`scripts/realcluster/crds/${name}.yaml`)),
    );
  }
  const role = parseAllDocuments(textOf('docs/install/rbac.yaml'))
    .map(document => document.toJS())
    .find(({ metadata }) => metadata.name === ROLE);
  await createObject(cluster, `${RBAC}/clusterroles`, role);
  await createObject(cluster, '/api/v1/namespaces', {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: ARGO },
  });
  for (const namespace of [ARGO, ...namespaces]) {
    await createObject(
      cluster,
      `${RBAC}/namespaces/${namespace}/rolebindings`,
      {
        apiVersion: 'rbac.authorization.k8s.io/v1',
        kind: 'RoleBinding',
        metadata: { name: ROLE, namespace },
        roleRef: {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'ClusterRole',
          name: ROLE,
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
}
