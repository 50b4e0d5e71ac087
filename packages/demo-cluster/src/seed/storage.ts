import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { seedObject, SeedObject } from './SeedObject';

/** Default class: block volumes for one node, made where the first pod runs. */
export const BLOCK_CLASS = 'standard';
/** Shared class on NFS, for model weights. */
export const SHARED_CLASS = 'nfs-models';

const storageClass = (
  name: string,
  provisioner: string,
  options: {
    isDefault: boolean;
    bindingMode: 'WaitForFirstConsumer' | 'Immediate';
    reclaimPolicy: 'Delete' | 'Retain';
    annotations?: Record<string, string>;
    parameters?: Record<string, string>;
  },
) =>
  seedObject(
    'storage.k8s.io/v1',
    'StorageClass',
    'storageclasses',
    {
      name,
      annotations: {
        ...options.annotations,
        'storageclass.kubernetes.io/is-default-class': String(
          options.isDefault,
        ),
      },
    },
    {
      provisioner,
      reclaimPolicy: options.reclaimPolicy,
      volumeBindingMode: options.bindingMode,
      allowVolumeExpansion: true,
      ...(options.parameters && { parameters: options.parameters }),
    },
  );

/** The classes of storage. */
export function storageObjects(): SeedObject[] {
  return [
    storageClass(BLOCK_CLASS, 'disk.csi.demo.local', {
      isDefault: true,
      bindingMode: 'WaitForFirstConsumer',
      reclaimPolicy: 'Delete',
      // Nobody knows the demo's own driver; a real cluster's operator says it the same way.
      annotations: { [ANNOTATIONS.readWriteMany]: 'false' },
    }),
    storageClass(SHARED_CLASS, 'nfs.csi.k8s.io', {
      isDefault: false,
      bindingMode: 'Immediate',
      reclaimPolicy: 'Retain',
      parameters: { server: 'nfs.demo.local', share: '/models' },
    }),
  ];
}
