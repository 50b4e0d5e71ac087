import { AmdProduct } from '../seed/gpuProducts';
import { AssignedDevice } from './DeviceAssignments';
import { exposition, Metric } from './exposition';
import { Load, loadOf } from './loadCurve';

const NOTHING: Load = { ratio: 0, memoryRatio: 0 };
/** Memory in MB that a GPU without a pod shows as used. */
const IDLE_MB = 297;

interface Field {
  name: string;
  help: string;
  type?: 'counter';
  value: (product: AmdProduct, load: Load, now: number) => number;
}

/** The exporter's total is the driver's MiB under the name of MB; used and free follow it. */
const totalMb = (product: AmdProduct) => product.memoryMiB;
const usedMb = (product: AmdProduct, load: Load) =>
  Math.max(IDLE_MB, Math.round(totalMb(product) * load.memoryRatio));

const FIELDS: readonly Field[] = [
  {
    name: 'gpu_gfx_activity',
    help: 'Graphics engine usage percentage (0 - 100)',
    value: (_product, load) => load.ratio * 100,
  },
  {
    name: 'gpu_umc_activity',
    help: 'Memory engine usage percentage (0 - 100)',
    value: (_product, load) => load.ratio * 58,
  },
  {
    name: 'gpu_total_vram',
    help: 'Total VRAM available in MB',
    value: totalMb,
  },
  {
    name: 'gpu_used_vram',
    help: 'Total VRAM memory used in MB',
    value: usedMb,
  },
  {
    name: 'gpu_free_vram',
    help: 'Total VRAM memory free in MB',
    value: (product, load) => totalMb(product) - usedMb(product, load),
  },
  {
    name: 'gpu_package_power',
    help: 'Current socket power in Watts',
    value: (product, load) =>
      product.idleWatts + (product.maxWatts - product.idleWatts) * load.ratio,
  },
  {
    name: 'gpu_power_usage',
    help: 'Power usage in Watts',
    value: (product, load) =>
      product.idleWatts + (product.maxWatts - product.idleWatts) * load.ratio,
  },
  {
    name: 'gpu_junction_temperature',
    help: 'Hotspot temperature value in Celsius',
    value: (_product, load) => 38 + 40 * load.ratio,
  },
  {
    name: 'gpu_memory_temperature',
    help: 'Memory temperature value in Celsius',
    value: (_product, load) => 33 + 25 * load.ratio,
  },
  {
    name: 'gpu_energy_consumed',
    help: 'Accumulated energy consumed by the GPU in uJ',
    type: 'counter',
    value: (product, _load, now) =>
      Math.max(0, now - Date.UTC(2026, 0, 1)) * product.idleWatts * 1_400,
  },
  {
    name: 'gpu_ecc_correct_total',
    help: 'Total correctable error count',
    type: 'counter',
    value: () => 0,
  },
  {
    name: 'gpu_ecc_uncorrect_total',
    help: 'Total uncorrectable error count',
    type: 'counter',
    value: () => 0,
  },
];

/**
 * `/metrics` of AMD's device-metrics-exporter on a node. Labels of the pod are there and empty when a GPU has none.
 */
export function amdMetrics(
  devices: AssignedDevice[],
  hostname: string,
  now: number,
): string {
  const readings = devices.map(({ gpu, device, holder }) => ({
    product: gpu.product as AmdProduct,
    load: holder ? loadOf(holder.pod, now) : NOTHING,
    healthy: device.healthy,
    labels: {
      card_model: (gpu.product as AmdProduct).cardModel,
      container: holder?.container ?? '',
      deployment_mode: 'baremetal',
      gpu_compute_partition_type: 'spx',
      gpu_id: String(gpu.index),
      gpu_memory_partition_type: 'nps1',
      gpu_partition_id: '0',
      hostname,
      job_id: '',
      job_partition: '',
      job_user: '',
      namespace: holder?.pod.metadata.namespace ?? '',
      pod: holder?.pod.metadata.name ?? '',
      serial_number: gpu.serial,
    },
  }));
  const metrics = FIELDS.map(({ name, help, type, value }): Metric => ({
    name,
    help,
    type: type ?? 'gauge',
    samples: readings.map(({ product, load, labels }) => ({
      labels,
      value: String(Math.round(value(product, load, now))),
    })),
  }));
  return exposition([
    {
      name: 'gpu_nodes_total',
      help: 'Number of GPUs in the node',
      type: 'gauge',
      samples:
        readings.length > 0
          ? [{ labels: { hostname }, value: String(readings.length) }]
          : [],
    },
    ...metrics,
    {
      name: 'gpu_health',
      help: 'Computed GPU health flag',
      type: 'gauge',
      samples: readings.map(({ labels, healthy }) => ({
        labels,
        value: healthy ? '1' : '0',
      })),
    },
  ]);
}
