import type {
  V1PersistentVolumeClaimSpec,
  V1Volume,
} from '@kubernetes/client-node';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { sharesWeights } from '../../servingRuntimes/modelSource';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { objectLabels, objectMeta } from './identity';
import { mostReplicas } from './replicas';

/** A PersistentVolumeClaim as we write it. */
export interface ClaimObject extends KubernetesObjectLike {
  spec: V1PersistentVolumeClaimSpec;
}

/**
 * Where the weights lie. A volume that one node mounts cannot serve several replicas: they would wait for each other for
 * ever. So several replicas get a volume of their own each, or share one of a class that several nodes can mount. Weights that a
 * Job downloads are only read: such a volume is mounted so.
 */
export function modelCache(spec: InferenceSpec): {
  volume: V1Volume;
  claim?: ClaimObject;
} {
  const { storage } = spec.spec;
  const shared = sharesWeights(spec);
  const { accessMode = shared ? 'ReadWriteMany' : 'ReadWriteOnce' } = storage;
  const claimSpec: V1PersistentVolumeClaimSpec = {
    accessModes: [accessMode],
    resources: { requests: { storage: storage.size } },
    ...(storage.storageClassName
      ? { storageClassName: storage.storageClassName }
      : {}),
  };
  if (mostReplicas(spec) > 1 && accessMode === 'ReadWriteOnce') {
    return {
      volume: {
        name: 'model-cache',
        ephemeral: {
          volumeClaimTemplate: {
            metadata: { labels: objectLabels(spec) },
            spec: claimSpec,
          },
        },
      },
    };
  }
  const claimName = shared ? sharedClaimNameOf(spec) : claimNameOf(spec);
  return {
    volume: {
      name: 'model-cache',
      persistentVolumeClaim: {
        claimName,
        ...(shared ? { readOnly: true } : {}),
      },
    },
    claim: {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: objectMeta(spec, { name: claimName }),
      spec: claimSpec,
    },
  };
}

/** Name of the claim that holds the weights. */
export function claimNameOf({ metadata }: InferenceSpec): string {
  return `${metadata.name}-cache`;
}

/** Name of the claim that a Job fills: another one, for the access mode of a claim cannot be changed. */
export function sharedClaimNameOf({ metadata }: InferenceSpec): string {
  return `${metadata.name}-weights`;
}
