import { NVIDIA_DRIVER } from '../seed/gpuLabels';
import { AssignedDevice } from './DeviceAssignments';
import { exposition, Metric, Sample } from './exposition';
import { Load, loadOf } from './loadCurve';

/** XID of the failed GPU: the GPU has fallen off the bus. */
const LOST_XID = 79;
const LOST_TEXT = 'GPU has fallen off the bus';

/** Memory in MiB that a driver keeps for itself, by share of the device. */
const RESERVED_SHARE = 0.0075;
/** Frame buffer in use on a GPU that nobody has. */
const IDLE_MIB = 4;
const NOTHING: Load = { ratio: 0, memoryRatio: 0 };

interface Reading {
  labels: Record<string, string>;
  load: Load;
  device: AssignedDevice;
  /** Whole GPUs have readings which slices do not have. */
  isSlice: boolean;
}

const integer = (value: number) => String(Math.round(value));
const decimal = (value: number) => value.toFixed(6);

const readingsOf = (
  devices: AssignedDevice[],
  hostname: string,
  now: number,
): Reading[] =>
  devices.map(assigned => {
    const { gpu, device, holder } = assigned;
    const load = holder && device.healthy ? loadOf(holder.pod, now) : NOTHING;
    return {
      device: assigned,
      load,
      isSlice: device.mig !== undefined,
      labels: {
        gpu: String(gpu.index),
        UUID: `GPU-${gpu.uuid}`,
        pci_bus_id: `00000000:${gpu.pciAddress.toUpperCase()}`,
        device: `nvidia${gpu.index}`,
        modelName: gpu.product.modelName,
        ...(device.mig && {
          GPU_I_PROFILE: device.mig.profile.name,
          GPU_I_ID: String(device.mig.instanceId),
        }),
        Hostname: hostname,
        DCGM_FI_DRIVER_VERSION: NVIDIA_DRIVER,
        ...(holder && {
          container: holder.container,
          namespace: holder.pod.metadata.namespace ?? '',
          pod: holder.pod.metadata.name,
        }),
      },
    };
  });

/**
 * Readings of time-sliced GPUs: one per pod on the GPU with the whole GPU's values, or one without a pod when it has none.
 */
const mergeSlots = (readings: Reading[]): Reading[] => {
  const byGpu = new Map<string, Reading[]>();
  const others: Reading[] = [];
  for (const reading of readings) {
    const { gpu } = reading.device;
    if (reading.isSlice || gpu.devices.length === 1) {
      others.push(reading);
    } else {
      byGpu.set(gpu.uuid, [...(byGpu.get(gpu.uuid) ?? []), reading]);
    }
  }
  const merged = [...byGpu.values()].flatMap(slots => {
    const load: Load = {
      ratio: Math.min(
        1,
        slots.reduce((sum, slot) => sum + slot.load.ratio, 0),
      ),
      memoryRatio: Math.min(
        0.98,
        // Sharers divide the memory among themselves.
        slots.reduce(
          (sum, slot) => sum + slot.load.memoryRatio / slots.length,
          0,
        ),
      ),
    };
    const held = slots.filter(slot => slot.device.holder);
    return (held.length > 0 ? held : slots.slice(0, 1)).map(
      (slot, index): Reading => ({
        ...slot,
        load,
        labels:
          held.length > 0
            ? { ...slot.labels, vgpu: String(index) }
            : slot.labels,
      }),
    );
  });
  return [...others, ...merged];
};

const usedMiB = ({ device: { device }, load }: Reading) =>
  Math.max(IDLE_MIB, device.memoryMiB * load.memoryRatio);
const reservedMiB = ({ device: { device } }: Reading) =>
  device.memoryMiB * RESERVED_SHARE;

const power = ({ device: { gpu }, load }: Reading) =>
  gpu.product.idleWatts +
  (gpu.product.maxWatts - gpu.product.idleWatts) * load.ratio * 0.92 +
  // Loaded memory draws a little even when nothing computes.
  gpu.product.idleWatts * 0.3 * load.memoryRatio;

interface Counter {
  name: string;
  help: string;
  type?: 'counter';
  /** Not for MIG slices. */
  wholeOnly?: boolean;
  labels?: (reading: Reading) => Record<string, string>;
  value: (reading: Reading, now: number) => string;
}

const isLost = ({ device }: Reading) => !device.device.healthy;

const COUNTERS: readonly Counter[] = [
  {
    name: 'DCGM_FI_DEV_SM_CLOCK',
    help: 'SM clock frequency (in MHz).',
    wholeOnly: true,
    value: ({ device: { gpu }, load }) =>
      integer(load.ratio > 0 ? gpu.product.smClockMhz : 345),
  },
  {
    name: 'DCGM_FI_DEV_MEM_CLOCK',
    help: 'Memory clock frequency (in MHz).',
    wholeOnly: true,
    value: ({ device: { gpu } }) => integer(gpu.product.memoryClockMhz),
  },
  {
    name: 'DCGM_FI_DEV_MEMORY_TEMP',
    help: 'Memory temperature (in C).',
    wholeOnly: true,
    value: ({ load }) => integer(34 + 34 * load.ratio),
  },
  {
    name: 'DCGM_FI_DEV_GPU_TEMP',
    help: 'GPU temperature (in C).',
    wholeOnly: true,
    value: ({ load }) => integer(29 + 37 * load.ratio),
  },
  {
    name: 'DCGM_FI_DEV_POWER_USAGE',
    help: 'Power draw (in W).',
    wholeOnly: true,
    value: reading => decimal(power(reading)),
  },
  {
    name: 'DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION',
    help: 'Total energy consumption since boot (in mJ).',
    type: 'counter',
    wholeOnly: true,
    // A steady mean since a fixed day: it must never fall, which a sum of present values would.
    value: ({ device: { gpu } }, now) =>
      integer(
        Math.max(0, now - Date.UTC(2026, 0, 1)) * gpu.product.idleWatts * 1.4,
      ),
  },
  {
    name: 'DCGM_FI_DEV_PCIE_REPLAY_COUNTER',
    help: 'Total number of PCIe retries.',
    type: 'counter',
    wholeOnly: true,
    value: () => '0',
  },
  {
    name: 'DCGM_FI_DEV_GPU_UTIL',
    help: 'GPU utilization (in %).',
    wholeOnly: true,
    value: ({ load }) => integer(load.ratio * 100),
  },
  {
    name: 'DCGM_FI_DEV_MEM_COPY_UTIL',
    help: 'Memory utilization (in %).',
    wholeOnly: true,
    value: ({ load }) => integer(load.ratio * 62),
  },
  {
    name: 'DCGM_FI_DEV_XID_ERRORS',
    help: 'Value of the last XID error encountered.',
    wholeOnly: true,
    labels: reading =>
      isLost(reading)
        ? { err_code: String(LOST_XID), err_msg: LOST_TEXT }
        : { err_code: '0', err_msg: 'No Error' },
    value: reading => String(isLost(reading) ? LOST_XID : 0),
  },
  {
    name: 'DCGM_FI_DEV_FB_FREE',
    help: 'Framebuffer memory free (in MiB).',
    value: reading =>
      integer(
        reading.device.device.memoryMiB -
          Math.round(usedMiB(reading)) -
          Math.round(reservedMiB(reading)),
      ),
  },
  {
    name: 'DCGM_FI_DEV_FB_USED',
    help: 'Framebuffer memory used (in MiB).',
    value: reading => integer(usedMiB(reading)),
  },
  {
    name: 'DCGM_FI_DEV_FB_RESERVED',
    help: 'Framebuffer memory reserved (in MiB).',
    value: reading => integer(reservedMiB(reading)),
  },
  {
    name: 'DCGM_FI_DEV_UNCORRECTABLE_REMAPPED_ROWS',
    help: 'Number of remapped rows for uncorrectable errors',
    type: 'counter',
    wholeOnly: true,
    value: reading => String(isLost(reading) ? 2 : 0),
  },
  {
    name: 'DCGM_FI_DEV_ROW_REMAP_FAILURE',
    help: 'Whether remapping of rows has failed',
    wholeOnly: true,
    value: () => '0',
  },
  {
    name: 'DCGM_FI_PROF_GR_ENGINE_ACTIVE',
    help: 'Ratio of time the graphics engine is active.',
    value: ({ load }) => decimal(load.ratio),
  },
  {
    name: 'DCGM_FI_PROF_PIPE_TENSOR_ACTIVE',
    help: 'Ratio of cycles the tensor (HMMA) pipe is active.',
    value: ({ load }) => decimal(load.ratio * 0.44),
  },
  {
    name: 'DCGM_FI_PROF_DRAM_ACTIVE',
    help: 'Ratio of cycles the device memory interface is active sending or receiving data.',
    value: ({ load }) => decimal(load.ratio * 0.61),
  },
];

/**
 * `/metrics` of dcgm-exporter on a node. GPUs without a pod carry no pod labels; MIG slices have no utilisation in
 * percent, temperature or power of their own; a GPU that fell off the bus answers only with its last error.
 */
export function dcgmMetrics(
  devices: AssignedDevice[],
  hostname: string,
  now: number,
): string {
  const readings = mergeSlots(readingsOf(devices, hostname, now));
  const metrics = COUNTERS.map((counter): Metric => {
    const samples = readings
      .filter(
        reading =>
          !(counter.wholeOnly && reading.isSlice) &&
          (!isLost(reading) || counter.name === 'DCGM_FI_DEV_XID_ERRORS'),
      )
      .map((reading): Sample => ({
        labels: { ...reading.labels, ...counter.labels?.(reading) },
        value: counter.value(reading, now),
      }));
    return {
      name: counter.name,
      help: counter.help,
      type: counter.type ?? 'gauge',
      samples,
    };
  });
  return exposition(metrics);
}
