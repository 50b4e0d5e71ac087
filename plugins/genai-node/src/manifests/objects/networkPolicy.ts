import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { sharesWeights } from '../../servingRuntimes/modelSource';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { objectMeta, selectorLabels } from './identity';

type Egress = NetworkPolicyObject['spec']['egress'];

/** Who may be spoken with. */
export interface Peer {
  namespaceSelector?: { matchLabels: { [key: string]: string } };
  podSelector?: { matchLabels?: { [key: string]: string } };
  ipBlock?: { cidr: string };
}

interface Port {
  protocol: 'TCP' | 'UDP';
  port: number;
}

/** A NetworkPolicy as we write it; the client's type calls `from` otherwise than the API does. */
export interface NetworkPolicyObject extends KubernetesObjectLike {
  spec: {
    podSelector: { matchLabels: { [key: string]: string } };
    policyTypes: ('Ingress' | 'Egress')[];
    ingress: { from: Peer[]; ports: Port[] }[];
    egress: { to?: Peer[]; ports?: Port[] }[];
  };
}

/** Where Prometheus usually runs. */
export const MONITORING_NAMESPACE = 'monitoring';

/** Address at which NodeLocal DNSCache listens on every node. */
const NODE_LOCAL_DNS = '169.254.20.10/32';

/** The endpoint for its own namespace, the named clients and Prometheus; outwards names and the model hub. */
export function buildNetworkPolicy(
  spec: InferenceSpec,
  ports: readonly number[],
): NetworkPolicyObject {
  const { clients = [], exposure, monitoring, target } = spec.spec;
  const namespaces = new Set([
    ...clients,
    ...(exposure ? [exposure.fromNamespace] : []),
    ...(monitoring ? [monitoring.namespace ?? MONITORING_NAMESPACE] : []),
  ]);
  namespaces.delete(target.namespace);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: objectMeta(spec),
    spec: {
      podSelector: { matchLabels: selectorLabels(spec) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [{ podSelector: {} }, ...[...namespaces].map(inNamespace)],
          ports: ports.map(port => ({ protocol: 'TCP', port })),
        },
      ],
      // Where a Job brings the weights, the server has no business outside.
      egress: sharesWeights(spec) ? [nameService()] : hubEgress(),
    },
  };
}

/** Names, and the model hub. */
export function hubEgress(): Egress {
  return [
    nameService(),
    // The hub's files come from addresses that change: any, but only by HTTPS.
    { ports: [{ protocol: 'TCP', port: 443 }] },
  ];
}

/** Names of the cluster. */
export function nameService(): Egress[number] {
  return {
    to: [inNamespace('kube-system'), { ipBlock: { cidr: NODE_LOCAL_DNS } }],
    ports: [
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ],
  };
}

/** All pods of a namespace. */
export function inNamespace(name: string): Peer {
  return {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  };
}
