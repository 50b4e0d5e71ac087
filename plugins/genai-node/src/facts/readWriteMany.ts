import type { ReadWriteMany } from '@promptside/backstage-plugin-genai-common';

/**
 * Provisioners of file systems that several nodes write at once, and of volumes for one node, by the names of their CSI drivers.
 * Raw block volumes that some of the latter can share are no place for files. Drivers that can be either by their parameters
 * (Trident, Portworx, vSphere) are in no row. Source: the access modes that each driver's own documentation lists.
 */
const PROVISIONERS: readonly [RegExp, 'Yes' | 'No'][] = [
  // NFS and SMB
  [/^(nfs|smb)\.csi\.k8s\.io$/, 'Yes'],
  [/nfs-subdir-external-provisioner$/, 'Yes'],
  [/nfs-ganesha-server-and-external-provisioner$/, 'Yes'],
  // file systems that are distributed by themselves; Rook puts its namespace in front
  [/(^|\.)cephfs\.csi\.ceph\.com$/, 'Yes'],
  [/^csi\.juicefs\.com$/, 'Yes'],
  [/^driver\.longhorn\.io$/, 'Yes'],
  [/^beegfs\.csi\.netapp\.com$/, 'Yes'],
  [/^spectrumscale\.csi\.ibm\.com$/, 'Yes'],
  [/^csi\.weka\.io$/, 'Yes'],
  [/^csi\.vastdata\.com$/, 'Yes'],
  // files of the clouds
  [/^(efs|fsx|fsx\.openzfs)\.csi\.aws\.com$/, 'Yes'],
  [/^(filestore|lustre|parallelstore)\.csi\.storage\.gke\.io$/, 'Yes'],
  [/^(file|blob)\.csi\.azure\.com$/, 'Yes'],
  [/^kubernetes\.io\/azure-file$/, 'Yes'],
  [/^(nfs\.)?manila\.csi\.openstack\.org$/, 'Yes'],
  [/^fss\.csi\.oraclecloud\.com$/, 'Yes'],
  [/^vpc\.file\.csi\.ibm\.io$/, 'Yes'],
  // blocks of the clouds
  [/^ebs\.csi\.(aws|eks\.amazonaws)\.com$/, 'No'],
  [/^pd\.csi\.storage\.gke\.io$/, 'No'],
  [/^disk\.csi\.azure\.com$/, 'No'],
  [/^kubernetes\.io\/(aws-ebs|gce-pd|azure-disk|cinder)$/, 'No'],
  [/^cinder\.csi\.openstack\.org$/, 'No'],
  [/^blockvolume\.csi\.oraclecloud\.com$/, 'No'],
  [/^vpc\.block\.csi\.ibm\.io$/, 'No'],
  [/^dobs\.csi\.digitalocean\.com$/, 'No'],
  [/^linodebs\.csi\.linode\.com$/, 'No'],
  [/^csi\.hetzner\.cloud$/, 'No'],
  // blocks of one's own
  [/(^|\.)rbd\.csi\.ceph\.com$/, 'No'],
  [/^io\.openebs\.csi-mayastor$/, 'No'],
  // disks of one node
  [/^topolvm\.(io|cybozu\.com)$/, 'No'],
  [/^(local|zfs)\.csi\.openebs\.io$/, 'No'],
  [/^openebs\.io\/local$/, 'No'],
  [/^rancher\.io\/local-path$/, 'No'],
];

/** What a provisioner is known to be able to; `Unknown` for one that is not in the table. */
export function readWriteManyOf(provisioner: string): ReadWriteMany {
  const row = PROVISIONERS.find(([name]) => name.test(provisioner));
  return row?.[1] ?? 'Unknown';
}
