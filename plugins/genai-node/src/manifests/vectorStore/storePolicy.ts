import type { VectorStoreSpec } from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { inNamespace, type Peer } from '../objects/networkPolicy';
import { storeMeta } from './identity';

/** A NetworkPolicy that only says who may come in. */
export interface StorePolicy extends KubernetesObjectLike {
  spec: {
    podSelector: { matchLabels: { [key: string]: string } };
    policyTypes: ['Ingress'];
    /** Without ports: all of them. */
    ingress: { from: Peer[]; ports?: { protocol: 'TCP'; port: number }[] }[];
  };
}

/**
 * Lets in pods of its own namespace and of the named ones, to the ports of its API, and others that its operator needs.
 *
 * @param more - rules beside that of the clients
 */
export function buildStorePolicy(
  spec: VectorStoreSpec,
  options: {
    matchLabels: { [key: string]: string };
    ports: readonly number[];
    more?: StorePolicy['spec']['ingress'];
  },
): StorePolicy {
  const { clients = [], target } = spec.spec;
  const others = [...new Set(clients)].filter(
    name => name !== target.namespace,
  );
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: storeMeta(spec),
    spec: {
      podSelector: { matchLabels: options.matchLabels },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: {} }, ...others.map(inNamespace)],
          ports: options.ports.map(port => ({ protocol: 'TCP', port })),
        },
        ...(options.more ?? []),
      ],
    },
  };
}
