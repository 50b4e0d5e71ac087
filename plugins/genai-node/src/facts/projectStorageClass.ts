import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import type { StorageClassFact } from './Fact';
import { asIdentified } from './identity';
import { intern } from './intern';
import { readWriteManyOf } from './readWriteMany';

/** The annotation, and the one that clusters of before 1.6 wrote and the API server still obeys. */
const DEFAULT_CLASS = [
  'storageclass.kubernetes.io/is-default-class',
  'storageclass.beta.kubernetes.io/is-default-class',
] as const;

const SAID = { true: 'Yes', false: 'No' } as const;

interface RawStorageClass {
  provisioner?: unknown;
  volumeBindingMode?: unknown;
  allowVolumeExpansion?: unknown;
  reclaimPolicy?: unknown;
}

/** What a StorageClass makes; its parameters, which may name servers, are dropped. */
export function projectStorageClass(
  raw: unknown,
): StorageClassFact | undefined {
  const object = asIdentified(raw);
  const {
    provisioner,
    volumeBindingMode,
    allowVolumeExpansion,
    reclaimPolicy,
  } = (raw ?? {}) as RawStorageClass;
  if (!object || typeof provisioner !== 'string') return undefined;
  const { uid, name, annotations = {}, creationTimestamp } = object.metadata;
  const said = annotations[ANNOTATIONS.readWriteMany];
  return {
    resource: 'storageclasses',
    uid,
    name,
    provisioner: intern(provisioner),
    isDefault: DEFAULT_CLASS.some(key => annotations[key] === 'true'),
    ...(typeof volumeBindingMode === 'string' ? { volumeBindingMode } : {}),
    allowVolumeExpansion: allowVolumeExpansion === true,
    ...(typeof reclaimPolicy === 'string' ? { reclaimPolicy } : {}),
    readWriteMany:
      said === 'true' || said === 'false'
        ? SAID[said]
        : readWriteManyOf(provisioner),
    ...(creationTimestamp ? { createdAt: creationTimestamp } : {}),
  };
}
