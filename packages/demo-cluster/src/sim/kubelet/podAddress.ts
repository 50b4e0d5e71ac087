import { Cluster } from '../Cluster';
import { Pod } from '../kubeTypes';

/** Addresses of a /24 that pods may have: the first is the bridge's, the last the broadcast. */
const FIRST_HOST = 2;
const LAST_HOST = 254;

/**
 * A free address from the node's pod range; the node's own address for a pod on the host network. Nodes here carry at most
 * 110 pods, so a /24 is never full.
 */
export function podAddress(cluster: Cluster, pod: Pod): string {
  const node = cluster.get('nodes', undefined, pod.spec.nodeName ?? '');
  if (pod.spec.hostNetwork) {
    return pod.status?.hostIP ?? '';
  }
  const prefix = (node?.spec.podCIDR ?? '10.244.255.0/24')
    .split('.')
    .slice(0, 3)
    .join('.');
  const taken = new Set(
    cluster
      .podsOnNode(pod.spec.nodeName ?? '')
      .map(({ status }) => status?.podIP),
  );
  for (let host = FIRST_HOST; host < LAST_HOST; host++) {
    const address = `${prefix}.${host}`;
    if (!taken.has(address)) {
      return address;
    }
  }
  return `${prefix}.${LAST_HOST}`;
}
