import { at, nodes } from '../api/schema/nodes';
import { parseQuantity } from '../sim/quantities';
import {
  KubeObject,
  kubeTime,
  ObjectStore,
  ResourceId,
} from '../store/ObjectStore';
import { folderUse } from './folderBytes';
import { runsChroma } from './registerStores';

const PODS: ResourceId = { group: '', version: 'v1', plural: 'pods' };
const CLAIMS: ResourceId = {
  group: '',
  version: 'v1',
  plural: 'persistentvolumeclaims',
};

/** Where the data of the real stores are. */
export interface StoreFolders {
  chroma: string;
  postgres: string;
}

/** A folder that plays the volume behind a claim. */
interface VolumeFolder {
  folder: string;
  /** Names in it that lie on another volume. */
  except?: readonly string[];
}

/** `/stats/summary` of the kubelet of a node, as far as there is something to measure. */
export type KubeletStats = (node: string) => Promise<object>;

const WAL = 'pg_wal';

/**
 * Folder behind a volume. The three instances of the CloudNativePG cluster show the one PostgreSQL that there is: standbys are
 * copies of it to the byte. Other pods have no data of their own, and nothing is said of their volumes.
 */
function folderOf(
  pod: KubeObject,
  claim: string,
  folders: StoreFolders,
): VolumeFolder | undefined {
  const { name, labels = {} } = pod.metadata;
  if (name === 'chroma-0' && runsChroma(pod)) return { folder: folders.chroma };
  if (labels['cnpg.io/cluster'] !== 'handbook-pg') return undefined;
  return claim === `${name}-wal`
    ? { folder: `${folders.postgres}/${WAL}` }
    : { folder: folders.postgres, except: [WAL] };
}

/**
 * Measures the folders of real stores against the capacity of the claims that their pods mount. Nothing stops a folder at its
 * capacity; beyond it a volume is full.
 *
 * @param folders - `undefined`: no real store runs, so there is nothing to measure
 */
export function createKubeletStats(
  store: ObjectStore,
  folders: () => StoreFolders | undefined,
  now: () => number,
): KubeletStats {
  const volumeStats = async (
    pod: KubeObject,
    volume: { name: string; claim: string },
    known: StoreFolders,
  ): Promise<object[]> => {
    const { namespace } = pod.metadata;
    const { name, claim } = volume;
    const place = folderOf(pod, claim, known);
    const found = store.get(CLAIMS, namespace, claim);
    const capacity = at(found, 'status', 'capacity', 'storage');
    const capacityBytes = parseQuantity(String(capacity ?? ''));
    if (!place || capacityBytes === undefined) return [];
    const use = await folderUse(place.folder, place.except);
    const usedBytes = Math.min(use.bytes, capacityBytes);
    return [
      {
        time: kubeTime(now()),
        availableBytes: capacityBytes - usedBytes,
        capacityBytes,
        usedBytes,
        inodesUsed: use.inodes,
        name,
        pvcRef: { name: claim, namespace },
      },
    ];
  };

  const podStats = async (pod: KubeObject, known: StoreFolders) => {
    const { namespace, name, uid } = pod.metadata;
    const mounted = nodes(at(pod, 'spec', 'volumes')).flatMap(volume => {
      const claim = at(volume, 'persistentVolumeClaim', 'claimName');
      return typeof claim === 'string'
        ? [{ name: String(volume.name), claim }]
        : [];
    });
    const volumes = await Promise.all(
      mounted.map(volume => volumeStats(pod, volume, known)),
    );
    return {
      podRef: { name, namespace, uid },
      startTime: at(pod, 'status', 'startTime'),
      containers: [],
      volume: volumes.flat(),
    };
  };

  return async node => {
    const known = folders();
    const running = store
      .list(PODS)
      .filter(
        pod =>
          at(pod, 'spec', 'nodeName') === node &&
          at(pod, 'status', 'phase') === 'Running',
      );
    return {
      node: { nodeName: node },
      pods: known
        ? await Promise.all(running.map(pod => podStats(pod, known)))
        : [],
    };
  };
}
