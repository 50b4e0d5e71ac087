import type { KubeManifest } from './KubeManifest';

// What others refer to comes first, what starts pods last: a pod that starts before its claim or its ServiceAccount
// writes a warning event which the portal would then show as a reason.
const ORDER = [
  'Namespace',
  'ServiceAccount',
  'ResourceQuota',
  'LimitRange',
  'ConfigMap',
  'PersistentVolumeClaim',
  'NetworkPolicy',
  'Service',
  'PodDisruptionBudget',
  'Job',
  'Deployment',
  'StatefulSet',
  'InferenceService',
  'NIMService',
  // What leads to the pods or watches them.
  'HTTPRoute',
  'Ingress',
  'ServiceMonitor',
  'PodMonitor',
  'ScaledObject',
];

/** Sorts manifests so that each comes after what it needs. Stable for kinds of the same rank. */
export function inApplyOrder(
  manifests: readonly KubeManifest[],
): KubeManifest[] {
  const rank = ({ kind }: KubeManifest) => {
    const index = ORDER.indexOf(kind);
    return index === -1 ? ORDER.length : index;
  };
  return manifests
    .map((manifest, index) => ({ manifest, index }))
    .sort((a, b) => rank(a.manifest) - rank(b.manifest) || a.index - b.index)
    .map(({ manifest }) => manifest);
}
