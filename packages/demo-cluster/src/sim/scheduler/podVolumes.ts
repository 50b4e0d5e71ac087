import { Cluster } from '../Cluster';
import { Pod } from '../kubeTypes';
import { PersistentVolumeClaim } from '../workloadTypes';

/** What a pod's claims mean for its scheduling. */
export interface VolumeCheck {
  /** The scheduler's reason to look at no node at all. */
  refusal?: string;
  /** Claims that are provisioned once a node is chosen. */
  toProvision: PersistentVolumeClaim[];
}

const bindsOnFirstUse = (cluster: Cluster, claim: PersistentVolumeClaim) =>
  cluster.get('storageclasses', undefined, claim.spec.storageClassName ?? '')
    ?.volumeBindingMode === 'WaitForFirstConsumer';

/**
 * Looks at the claims that a pod mounts, with the wording of the scheduler's VolumeBinding plugin.
 */
export function checkVolumes(cluster: Cluster, pod: Pod): VolumeCheck {
  const toProvision: PersistentVolumeClaim[] = [];
  for (const volume of pod.spec.volumes ?? []) {
    const claimName = volume.persistentVolumeClaim?.claimName;
    if (!claimName) {
      continue;
    }
    const claim = cluster.get(
      'persistentvolumeclaims',
      pod.metadata.namespace,
      claimName,
    );
    if (!claim) {
      return {
        refusal: `persistentvolumeclaim "${claimName}" not found`,
        toProvision: [],
      };
    }
    if (claim.metadata.deletionTimestamp) {
      return {
        refusal: `persistentvolumeclaim "${claimName}" is being deleted`,
        toProvision: [],
      };
    }
    if (claim.status?.phase !== 'Bound') {
      if (!bindsOnFirstUse(cluster, claim)) {
        return {
          refusal: 'pod has unbound immediate PersistentVolumeClaims',
          toProvision: [],
        };
      }
      toProvision.push(claim);
    }
  }
  return { toProvision };
}
