import { IntelProduct } from '../seed/gpuProducts';
import { hashText } from '../seed/random';
import { AssignedDevice } from './DeviceAssignments';
import { exposition, Metric } from './exposition';
import { Load, loadOf } from './loadCurve';

const NOTHING: Load = { ratio: 0, memoryRatio: 0 };
/** Bytes in use on a device that nobody has. */
const IDLE_BYTES = 30 * 2 ** 20;

/** A float as the exporter prints it: shortest form, exponents for large values. */
const format = (value: number): string => {
  if (Math.abs(value) < 1e6) {
    return String(Number(value.toPrecision(6)));
  }
  return value
    .toExponential()
    .replace(
      /e\+?(-?)(\d+)$/,
      (_match, sign: string, digits: string) =>
        `e${sign || '+'}${digits.padStart(2, '0')}`,
    );
};

interface Tile {
  labels: Record<string, string>;
  product: IntelProduct;
  load: Load;
}

const tilesOf = (
  { gpu, holder }: AssignedDevice,
  node: string,
  now: number,
): Tile[] => {
  const product = gpu.product as IntelProduct;
  const load = holder ? loadOf(holder.pod, now) : NOTHING;
  return Array.from({ length: product.tiles }, (_, tile) => {
    // Tiles of a device do not work in step.
    const lean =
      product.tiles === 1
        ? 0
        : ((hashText(`${gpu.uuid}/${tile}`) % 100) - 50) / 1000;
    return {
      product,
      load: {
        ...load,
        ratio:
          load.ratio === 0 ? 0 : Math.min(1, Math.max(0, load.ratio + lean)),
      },
      labels: {
        card: `card${gpu.index + 1}`,
        dev_file: `/dev/dri/card${gpu.index + 1}`,
        dev_name: product.modelName,
        ...(holder && {
          kube_container: holder.container,
          kube_namespace: holder.pod.metadata.namespace ?? '',
          kube_pod: holder.pod.metadata.name,
        }),
        node,
        pci_bdf: `0000:${gpu.pciAddress}`,
        pci_dev: `0x${product.pciDevice}`,
        src: 'direct',
        sub_dev: product.tiles === 1 ? '' : String(tile),
        uuid: `01000000-0000-0000-0000-0000000000${gpu.pciAddress.slice(0, 2)}`,
        vendor: 'Intel(R) Corporation',
      },
    };
  });
};

const memoryBytes = ({ product, load }: Tile) =>
  Math.max(
    IDLE_BYTES,
    Math.round(
      ((product.memoryMiB * 2 ** 20) / product.tiles) * load.memoryRatio,
    ),
  );

interface Gauge {
  name: string;
  help: string;
  labels?: Record<string, string>;
  value: (tile: Tile) => number;
}

const watts = ({ product, load }: Tile) =>
  (product.idleWatts + (product.maxWatts - product.idleWatts) * load.ratio) /
  product.tiles;

const GAUGES: readonly Gauge[] = [
  {
    name: 'xpum_engine_ratio',
    help: 'GPU active time ratio (in %), per GPU tile',
    value: ({ load }) => load.ratio,
  },
  {
    name: 'xpum_engine_group_ratio',
    help: 'Avg utilization of engine group (in %), per GPU tile',
    labels: { type: 'compute' },
    value: ({ load }) => load.ratio,
  },
  {
    name: 'xpum_power_watts',
    help: 'Avg GPU power (in watts)',
    value: watts,
  },
  {
    name: 'xpum_temperature_celsius',
    help: 'Avg GPU temperature (in Celsius degree)',
    labels: { location: 'gpu' },
    value: ({ load }) => 37 + 36 * load.ratio,
  },
  {
    name: 'xpum_frequency_mhz',
    help: 'Avg GPU frequency (in MHz)',
    labels: { location: 'gpu', type: 'actual' },
    value: ({ product, load }) => (load.ratio > 0 ? product.smClockMhz : 0),
  },
  {
    name: 'xpum_memory_used_bytes',
    help: 'Used GPU memory (in bytes)',
    value: memoryBytes,
  },
  {
    name: 'xpum_memory_ratio',
    help: 'Used GPU memory / Total used GPU memory (in %)',
    value: tile =>
      memoryBytes(tile) /
      ((tile.product.memoryMiB * 2 ** 20) / tile.product.tiles),
  },
  {
    name: 'xpum_memory_bandwidth_ratio',
    help: 'Avg memory throughput / max memory bandwidth (in %)',
    value: ({ load }) => load.ratio * 0.55,
  },
];

/**
 * `/metrics` of Intel XPU Manager 1.x on a node: one series per tile, ratios from 0 to 1 although the help says percent.
 */
export function xpuMetrics(
  devices: AssignedDevice[],
  node: string,
  now: number,
): string {
  const tiles = devices.flatMap(device => tilesOf(device, node, now));
  return exposition(
    GAUGES.map(({ name, help, labels, value }): Metric => ({
      name,
      help,
      type: 'gauge',
      samples: tiles.map(tile => ({
        labels: { ...tile.labels, ...labels },
        value: format(value(tile)),
      })),
    })),
  );
}
