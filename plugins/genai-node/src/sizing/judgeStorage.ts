import type {
  GenaiStorageClass,
  PlanReason,
} from '@promptside/backstage-plugin-genai-common';
import { sharedWeightsRefusal } from '../servingRuntimes/sharedWeightsLimits';
import type { Ask } from './Attempt';

/**
 * Whether the cluster can make the volume for the weights. Where nothing was said of storage, the default class is what the volume will
 * get: that there is none is told, that nobody could look is not.
 */
export function judgeStorage(ask: Ask, cluster: string): PlanReason[] {
  const { storage } = ask;
  const { storageMode, storageClassName } = storage ?? {};
  if (!storage) return [];
  const untouched = !storageMode && !storageClassName;
  const shared = storageMode === 'Shared';
  const refused = shared ? sharedWeightsRefusal(ask.spoke) : [];
  if (refused.length > 0) return refused;
  const known = storage.classes?.filter(each => each.cluster === cluster);
  if (!known || storage.unknownIn.includes(cluster)) {
    if (untouched) return [];
    return [
      {
        code: 'StorageUnknown',
        field: 'storageClassName',
        severity: 'Info',
        message: `The storage classes of cluster ${cluster} are not known: the volume may still not be made.`,
      },
    ];
  }
  const chosen = storageClassName
    ? known.find(({ name }) => name === storageClassName)
    : known.find(({ isDefault }) => isDefault);
  if (!chosen) {
    return [
      storageClassName
        ? {
            code: 'StorageClassMissing',
            field: 'storageClassName',
            severity: 'Blocking',
            message: `Cluster ${cluster} has no storage class "${storageClassName}". ${wayOut(known, shared)}`,
          }
        : {
            code: 'NoDefaultStorageClass',
            field: 'storageClassName',
            // Nobody chose yet, and there is something to choose.
            severity: untouched && known.length > 0 ? 'Warning' : 'Blocking',
            message: `Cluster ${cluster} has no default storage class, so a volume without one is never made. ${wayOut(known, shared)}`,
          },
    ];
  }
  return shared ? judgeSharing(chosen, known) : [];
}

function judgeSharing(
  chosen: GenaiStorageClass,
  known: readonly GenaiStorageClass[],
): PlanReason[] {
  const { cluster, name, provisioner, isDefault, readWriteMany } = chosen;
  const which = `${isDefault ? 'The default storage class' : 'Storage class'} ${name} of cluster ${cluster} (${provisioner})`;
  switch (readWriteMany) {
    case 'Yes':
      return [];
    case 'No':
      return [
        {
          code: 'NotReadWriteMany',
          field: 'storageClassName',
          severity: 'Blocking',
          message: `${which} makes volumes for one node, and shared weights need ReadWriteMany. ${wayOut(known, true)}`,
        },
      ];
    default:
      return [
        {
          code: 'ReadWriteManyUnknown',
          field: 'storageClassName',
          severity: 'Warning',
          message: `Whether ${which.replace(/^./, first => first.toLowerCase())} makes ReadWriteMany volumes is not known. Ask who runs the cluster; the annotation promptside.io/read-write-many on the class says it for everybody.`,
        },
      ];
  }
}

/** What could be named instead. */
function wayOut(known: readonly GenaiStorageClass[], shared: boolean): string {
  const names = known
    .filter(({ readWriteMany }) => !shared || readWriteMany === 'Yes')
    .map(({ name }) => name);
  if (names.length > 0) return `Choose ${names.join(' or ')}.`;
  return shared
    ? 'No class there is known to make ReadWriteMany volumes: choose storage mode PerReplica, or have one added (docs/guides/model-storage.md).'
    : 'It has no class at all: have one added.';
}
