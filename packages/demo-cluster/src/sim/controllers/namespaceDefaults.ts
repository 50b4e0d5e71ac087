import { Cluster } from '../Cluster';
import { objectKey, SimController, splitKey } from '../SimController';

/** Only a placeholder text: nothing in the simulation checks a certificate from inside a pod. */
const ROOT_CA_NOTE =
  'The certificate authority of this simulated cluster is in its kubeconfig.';

/**
 * Gives each namespace what a real one has by itself: the ServiceAccount `default` and the ConfigMap `kube-root-ca.crt`.
 */
export function createNamespaceDefaultsController(
  cluster: Cluster,
): SimController {
  return {
    name: 'serviceaccount-controller',
    initialKeys: () => cluster.list('namespaces').map(objectKey),
    keysOf: ({ type, resource, object }) =>
      resource === 'namespaces' && type !== 'DELETED'
        ? [objectKey(object)]
        : [],
    reconcile(key) {
      const [, name] = splitKey(key);
      const namespace = cluster.get('namespaces', undefined, name);
      if (
        !namespace ||
        namespace.metadata.deletionTimestamp ||
        namespace.status?.phase === 'Terminating'
      ) {
        return;
      }
      if (!cluster.get('serviceaccounts', name, 'default')) {
        cluster.create('serviceaccounts', {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name: 'default', namespace: name },
        });
      }
      if (!cluster.get('configmaps', name, 'kube-root-ca.crt')) {
        cluster.create('configmaps', {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          metadata: {
            name: 'kube-root-ca.crt',
            namespace: name,
            annotations: { 'kubernetes.io/description': ROOT_CA_NOTE },
          },
          data: { 'ca.crt': '' },
        });
      }
    },
  };
}
