import type {
  GpuCounts,
  GpuGroup,
  GpuPending,
  GpuSharing,
} from '@promptside/backstage-plugin-genai-common';

/** Ways in which a device is handed out. They are never added up: a slice and a slot are not GPUs. */
export type DeviceKind = 'Whole' | 'Slice' | 'Slot';

const KINDS: Record<GpuSharing, DeviceKind> = {
  Whole: 'Whole',
  Mig: 'Slice',
  Partition: 'Slice',
  TimeSlicing: 'Slot',
  Mps: 'Slot',
  Shared: 'Slot',
};

/** Counts of one kind of device. */
export interface KindSummary {
  kind: DeviceKind;
  counts: GpuCounts;
  /** Free devices on ready, schedulable nodes. */
  schedulableFree: number;
}

/** Totals over groups of devices. */
export interface GpuSummary {
  /** Physical GPUs of the groups that tell their number. */
  physicalCount: number;
  /** Groups that do not tell it: `physicalCount` is then a lower bound. */
  uncountedGroups: number;
  /** Kinds that exist, in the order whole, slices, slots. */
  kinds: KindSummary[];
  /** Pods that ask for GPUs and have no node. */
  waitingPods: number;
}

const NONE: GpuCounts = {
  capacity: 0,
  allocatable: 0,
  allocated: 0,
  free: 0,
  unhealthy: 0,
};

/** Adds counts of devices of the same kind. */
export function addCounts(a: GpuCounts, b: GpuCounts): GpuCounts {
  return {
    capacity: a.capacity + b.capacity,
    allocatable: a.allocatable + b.allocatable,
    allocated: a.allocated + b.allocated,
    free: a.free + b.free,
    unhealthy: a.unhealthy + b.unhealthy,
  };
}

/** Sums groups kind by kind. */
export function summariseGpus(
  groups: readonly GpuGroup[],
  pending: readonly GpuPending[],
): GpuSummary {
  const kinds = (['Whole', 'Slice', 'Slot'] as const).flatMap(kind => {
    const same = groups.filter(group => KINDS[group.sharing] === kind);
    return same.length === 0
      ? []
      : [
          {
            kind,
            counts: same.map(group => group.counts).reduce(addCounts, NONE),
            schedulableFree: sum(same.map(group => group.schedulableFree)),
          },
        ];
  });
  return {
    physicalCount: sum(groups.map(group => group.physicalCount ?? 0)),
    uncountedGroups: groups.filter(group => group.physicalCount === undefined)
      .length,
    kinds,
    waitingPods: sum(pending.map(row => row.podCount)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
