import { Cluster } from '../Cluster';
import { EventRecorder } from '../EventRecorder';
import { objectKey, SimController, splitKey } from '../SimController';
import { PersistentVolumeClaim, StorageClass } from '../workloadTypes';

const COMPONENT = 'persistentvolume-controller';
const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';
const SELECTED_NODE = 'volume.kubernetes.io/selected-node';
/** From the claim to the volume. */
const PROVISION_MS = 1_200;

/**
 * Provisions a volume for each claim whose class has a provisioner, at once or when its first pod has a node, and removes
 * volumes whose claim is gone.
 */
export function createPersistentVolumeClaimController(
  cluster: Cluster,
  events: EventRecorder,
  pace: (simulatedMs: number) => number,
): SimController {
  const provisioningSince = new Map<string, number>();

  const record = (
    claim: PersistentVolumeClaim,
    type: 'Normal' | 'Warning',
    reason: string,
    message: string,
    component: string = COMPONENT,
  ) => events.record(claim, { type, reason, message, component });

  const classOf = (claim: PersistentVolumeClaim): StorageClass | undefined => {
    const { storageClassName } = claim.spec;
    return storageClassName === undefined
      ? cluster
          .list('storageclasses')
          .find(
            ({ metadata }) => metadata.annotations?.[DEFAULT_CLASS] === 'true',
          )
      : cluster.get('storageclasses', undefined, storageClassName);
  };

  const provision = (
    claim: PersistentVolumeClaim,
    storageClass: StorageClass,
  ) => {
    const volumeName = `pvc-${claim.metadata.uid}`;
    const storage = claim.spec.resources?.requests?.storage ?? '1Gi';
    const accessModes = claim.spec.accessModes ?? ['ReadWriteOnce'];
    if (!cluster.get('persistentvolumes', undefined, volumeName)) {
      cluster.create('persistentvolumes', {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: {
          name: volumeName,
          annotations: {
            'pv.kubernetes.io/provisioned-by': storageClass.provisioner,
          },
          finalizers: ['kubernetes.io/pv-protection'],
        },
        spec: {
          capacity: { storage },
          accessModes,
          persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
          storageClassName: storageClass.metadata.name,
          volumeMode: 'Filesystem',
          claimRef: {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            namespace: claim.metadata.namespace,
            name: claim.metadata.name,
            uid: claim.metadata.uid,
          },
          csi: { driver: storageClass.provisioner, volumeHandle: volumeName },
        },
        status: { phase: 'Bound' },
      });
    }
    const bound = cluster.modify('persistentvolumeclaims', claim, current => ({
      ...current,
      metadata: {
        ...current.metadata,
        annotations: {
          ...current.metadata.annotations,
          'pv.kubernetes.io/bind-completed': 'yes',
          'pv.kubernetes.io/bound-by-controller': 'yes',
          'volume.kubernetes.io/storage-provisioner': storageClass.provisioner,
        },
      },
      spec: { ...current.spec, volumeName },
    }));
    if (bound) {
      cluster.modify(
        'persistentvolumeclaims',
        bound,
        current => ({
          ...current,
          status: { phase: 'Bound', accessModes, capacity: { storage } },
        }),
        'status',
      );
      record(
        claim,
        'Normal',
        'ProvisioningSucceeded',
        `Successfully provisioned volume ${volumeName}`,
        storageClass.provisioner,
      );
    }
  };

  const release = (key: string) => {
    const [namespace, name] = splitKey(key);
    for (const volume of cluster.list('persistentvolumes')) {
      const claimRef = (
        volume.spec as {
          claimRef?: { namespace?: string; name?: string; uid?: string };
          persistentVolumeReclaimPolicy?: string;
        }
      ).claimRef;
      const isOurs =
        claimRef?.namespace === namespace &&
        claimRef.name === name &&
        cluster.get('persistentvolumeclaims', namespace, name)?.metadata.uid !==
          claimRef.uid;
      if (!isOurs) {
        continue;
      }
      const { persistentVolumeReclaimPolicy } = volume.spec as {
        persistentVolumeReclaimPolicy?: string;
      };
      if (persistentVolumeReclaimPolicy === 'Retain') {
        cluster.modify(
          'persistentvolumes',
          volume,
          current => ({ ...current, status: { phase: 'Released' } }),
          'status',
        );
        continue;
      }
      const unprotected = cluster.modify(
        'persistentvolumes',
        volume,
        current => ({
          ...current,
          metadata: { ...current.metadata, finalizers: undefined },
        }),
      );
      if (unprotected) {
        cluster.remove('persistentvolumes', unprotected);
      }
    }
  };

  return {
    name: COMPONENT,
    initialKeys: () =>
      cluster
        .list('persistentvolumeclaims')
        .filter(({ status }) => status?.phase !== 'Bound')
        .map(objectKey),
    keysOf({ resource, object }) {
      if (resource === 'persistentvolumeclaims') {
        return [objectKey(object)];
      }
      return resource === 'storageclasses'
        ? cluster
            .list('persistentvolumeclaims')
            .filter(({ status }) => status?.phase !== 'Bound')
            .map(objectKey)
        : [];
    },
    reconcile(key) {
      const claim = cluster.get('persistentvolumeclaims', ...splitKey(key));
      if (!claim) {
        provisioningSince.delete(key);
        release(key);
        return undefined;
      }
      if (claim.metadata.deletionTimestamp || claim.status?.phase === 'Bound') {
        return undefined;
      }
      const storageClass = classOf(claim);
      if (!storageClass) {
        if (claim.spec.storageClassName) {
          record(
            claim,
            'Warning',
            'ProvisioningFailed',
            `storageclass.storage.k8s.io "${claim.spec.storageClassName}" not found`,
          );
        } else {
          record(
            claim,
            'Normal',
            'FailedBinding',
            'no persistent volumes available for this claim and no storage class is set',
          );
        }
        return undefined;
      }
      if (claim.spec.storageClassName === undefined) {
        cluster.modify('persistentvolumeclaims', claim, current => ({
          ...current,
          spec: {
            ...current.spec,
            storageClassName: storageClass.metadata.name,
          },
        }));
        return 0;
      }
      const waitsForPod =
        storageClass.volumeBindingMode === 'WaitForFirstConsumer' &&
        !claim.metadata.annotations?.[SELECTED_NODE];
      if (waitsForPod) {
        record(
          claim,
          'Normal',
          'WaitForFirstConsumer',
          'waiting for first consumer to be created before binding',
        );
        return undefined;
      }
      const now = cluster.clock.now();
      const since = provisioningSince.get(key);
      if (since === undefined) {
        provisioningSince.set(key, now);
        record(
          claim,
          'Normal',
          'ExternalProvisioning',
          `Waiting for a volume to be created either by the external provisioner '${storageClass.provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
        );
        return pace(PROVISION_MS);
      }
      const leftMs = since + pace(PROVISION_MS) - now;
      if (leftMs > 0) {
        return leftMs;
      }
      provisioningSince.delete(key);
      provision(claim, storageClass);
      return undefined;
    },
  };
}
