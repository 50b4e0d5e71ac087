import { storageClassesResponseSchema } from '@promptside/backstage-plugin-genai-common';
import { observe } from '../testing/observe';
import { deriveStorageClasses } from './deriveStorageClasses';

interface Told {
  isDefault?: boolean;
  annotations?: Record<string, string>;
  createdAt?: string;
  [field: string]: unknown;
}

const storageClass = (
  name: string,
  provisioner: unknown,
  { isDefault, annotations, createdAt, ...fields }: Told = {},
) => ({
  kind: 'StorageClass',
  metadata: {
    name,
    creationTimestamp: createdAt ?? '2026-01-01T00:00:00Z',
    annotations: {
      ...(isDefault
        ? { 'storageclass.kubernetes.io/is-default-class': 'true' }
        : {}),
      ...annotations,
    },
  },
  provisioner,
  parameters: { server: 'nfs.internal' },
  ...fields,
});

const itemsOf = (...objects: unknown[]) =>
  deriveStorageClasses([observe(objects)], {}).items;

describe('deriveStorageClasses', () => {
  it('tells what a class makes, and nothing of its parameters', () => {
    const answer = deriveStorageClasses(
      [
        observe([
          storageClass('standard', 'ebs.csi.aws.com', {
            isDefault: true,
            volumeBindingMode: 'WaitForFirstConsumer',
            reclaimPolicy: 'Delete',
          }),
          storageClass('nfs-models', 'nfs.csi.k8s.io', {
            volumeBindingMode: 'Immediate',
            reclaimPolicy: 'Retain',
            allowVolumeExpansion: true,
          }),
        ]),
      ],
      {},
    );
    expect(answer.items).toEqual([
      {
        cluster: 'test',
        name: 'nfs-models',
        provisioner: 'nfs.csi.k8s.io',
        isDefault: false,
        volumeBindingMode: 'Immediate',
        allowVolumeExpansion: true,
        reclaimPolicy: 'Retain',
        readWriteMany: 'Yes',
      },
      {
        cluster: 'test',
        name: 'standard',
        provisioner: 'ebs.csi.aws.com',
        isDefault: true,
        volumeBindingMode: 'WaitForFirstConsumer',
        allowVolumeExpansion: false,
        reclaimPolicy: 'Delete',
        readWriteMany: 'No',
      },
    ]);
    expect(JSON.stringify(answer)).not.toContain('nfs.internal');
    expect(
      storageClassesResponseSchema.safeParse({ ...answer, clusters: [] })
        .success,
    ).toBe(true);
  });

  it('leaves out the classes of other clusters', () => {
    const state = observe([storageClass('a', 'efs.csi.aws.com')]);
    expect(deriveStorageClasses([state], { cluster: 'other' }).items).toEqual(
      [],
    );
  });

  it.each([
    ['cephfs.csi.ceph.com', 'Yes'],
    ['rook-ceph.cephfs.csi.ceph.com', 'Yes'],
    ['rook-ceph.rbd.csi.ceph.com', 'No'],
    ['cluster.local/team-nfs-subdir-external-provisioner', 'Yes'],
    ['file.csi.azure.com', 'Yes'],
    ['disk.csi.azure.com', 'No'],
    ['fsx.openzfs.csi.aws.com', 'Yes'],
    ['filestore.csi.storage.gke.io', 'Yes'],
    ['pd.csi.storage.gke.io', 'No'],
    ['rancher.io/local-path', 'No'],
    ['csi.trident.netapp.io', 'Unknown'],
    ['kubernetes.io/no-provisioner', 'Unknown'],
    ['notnfs.csi.k8s.io', 'Unknown'],
  ])('knows of %s: ReadWriteMany %s', (provisioner, readWriteMany) => {
    expect(itemsOf(storageClass('a', provisioner))).toMatchObject([
      { readWriteMany },
    ]);
  });

  it.each([
    ['true', 'ebs.csi.aws.com', 'Yes'],
    ['false', 'nfs.csi.k8s.io', 'No'],
    ['perhaps', 'nfs.csi.k8s.io', 'Yes'],
  ])(
    'takes the word "%s" of the class on %s: %s',
    (word, provisioner, readWriteMany) => {
      const annotations = { 'promptside.io/read-write-many': word };
      expect(
        itemsOf(storageClass('a', provisioner, { annotations })),
      ).toMatchObject([{ readWriteMany }]);
    },
  );

  it('calls only the newest of several defaults the default', () => {
    const items = itemsOf(
      storageClass('old', 'nfs.csi.k8s.io', { isDefault: true }),
      storageClass('beta', 'nfs.csi.k8s.io', {
        createdAt: '2026-03-01T00:00:00Z',
        annotations: {
          'storageclass.beta.kubernetes.io/is-default-class': 'true',
        },
      }),
      storageClass('alike', 'nfs.csi.k8s.io', {
        isDefault: true,
        createdAt: '2026-03-01T00:00:00Z',
      }),
    );
    expect(items.filter(item => item.isDefault)).toMatchObject([
      { name: 'alike' },
    ]);
  });

  it('leaves out what has no provisioner', () => {
    expect(itemsOf(storageClass('a', 7), storageClass('b', undefined))).toEqual(
      [],
    );
  });

  it('forgets a class that is gone', () => {
    const state = observe([storageClass('a', 'nfs.csi.k8s.io')]);
    const { version } = state;
    expect(state.forget('storageclasses', 'StorageClass:a')).toEqual([
      'clusters',
    ]);
    expect([...state.storageClasses()]).toEqual([]);
    expect(state.version).toBeGreaterThan(version);
  });
});
