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
        'storageclass.kubernetes.io/is-default-class': String(
          options.isDefault,
        ),
      },
    },
    {
      provisioner,
      reclaimPolicy: 'Delete',
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
    }),
    storageClass(SHARED_CLASS, 'nfs.csi.k8s.io', {
      isDefault: false,
      bindingMode: 'Immediate',
      parameters: { server: 'nfs.demo.local', share: '/models' },
    }),
  ];
}
