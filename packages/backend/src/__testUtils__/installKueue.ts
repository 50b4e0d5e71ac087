import type { DemoCluster } from '@promptside/demo-cluster';
import { createObject } from './createObject';

const GROUP = 'kueue.x-k8s.io';
const QUEUES = `/apis/${GROUP}/v1beta1`;

const KINDS = [
  { kind: 'LocalQueue', plural: 'localqueues', scope: 'Namespaced' },
  { kind: 'ClusterQueue', plural: 'clusterqueues', scope: 'Cluster' },
  { kind: 'ResourceFlavor', plural: 'resourceflavors', scope: 'Cluster' },
];

const open = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };

/** A LocalQueue `gpus` in the namespace, with so many GPUs behind it. */
export interface QueueOptions {
  namespace: string;
  gpus: number;
  used: number;
}

/** Kueue as far as a plan sees it, in the older version of its API: kinds, and one queue for any GPU of NVIDIA. */
export async function installKueue(
  cluster: DemoCluster,
  { namespace, gpus, used }: QueueOptions,
): Promise<void> {
  for (const { kind, plural, scope } of KINDS) {
    await createObject(
      cluster,
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `${plural}.${GROUP}` },
        spec: {
          group: GROUP,
          scope,
          names: { kind, plural, singular: kind.toLowerCase() },
          versions: [
            {
              name: 'v1beta1',
              served: true,
              storage: true,
              schema: {
                openAPIV3Schema: {
                  type: 'object',
                  properties: { spec: open, status: open },
                },
              },
            },
          ],
        },
      },
    );
  }
  const meta = (kind: string, name: string) => ({
    apiVersion: `${GROUP}/v1beta1`,
    kind,
    metadata: { name },
  });
  const resource = 'nvidia.com/gpu';
  await createObject(cluster, `${QUEUES}/resourceflavors`, {
    ...meta('ResourceFlavor', 'any'),
    spec: {},
  });
  await createObject(cluster, `${QUEUES}/clusterqueues`, {
    ...meta('ClusterQueue', 'research'),
    spec: {
      namespaceSelector: {},
      resourceGroups: [
        {
          coveredResources: ['cpu', 'memory', resource],
          flavors: [
            {
              name: 'any',
              resources: [{ name: resource, nominalQuota: gpus }],
            },
          ],
        },
      ],
    },
    status: {
      flavorsReservation: [
        { name: 'any', resources: [{ name: resource, total: `${used}` }] },
      ],
    },
  });
  await createObject(cluster, `${QUEUES}/namespaces/${namespace}/localqueues`, {
    ...meta('LocalQueue', 'gpus'),
    spec: { clusterQueue: 'research' },
  });
}
