import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { SendKube } from './KubeClient';

const RBAC = path.resolve(__dirname, '../../../docs/install/rbac.yaml');

interface RbacObject {
  kind: string;
  metadata: { name: string };
  rules?: Array<{ apiGroups: string[]; resources: string[]; verbs: string[] }>;
}

/** Objects of the documented installation. */
export function readRbac(): RbacObject[] {
  return parseAllDocuments(readFileSync(RBAC, 'utf8')).map(document =>
    document.toJS(),
  );
}

/** Gives the portal's ServiceAccount on a cluster what the documentation says it needs, and nothing else. */
export async function grantReader(send: SendKube): Promise<void> {
  const paths: Record<string, string> = {
    ClusterRole: '/apis/rbac.authorization.k8s.io/v1/clusterroles',
    ClusterRoleBinding:
      '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings',
  };
  const objects = readRbac().filter(
    ({ kind, metadata }) =>
      paths[kind] && metadata.name === 'promptside-reader',
  );
  for (const object of objects) {
    const url = paths[object.kind];
    // another suite on the same cluster may have been here before
    await send('DELETE', `${url}/promptside-reader`).catch(() => undefined);
    await send('POST', url, object);
  }
}
