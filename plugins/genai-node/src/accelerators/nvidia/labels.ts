import type { GpuSharing } from '@promptside/backstage-plugin-genai-common';
import { parseDeviceCount } from '../../quantities';

type Labels = Readonly<Record<string, string>>;

const MIB = 2 ** 20;

/** What GPU Feature Discovery says of one resource of a node. Absent labels stay absent. */
export interface NvidiaLabels {
  /** Without `-SHARED` and `-MIG-<profile>`. */
  product?: string;
  /** Profile in the product label: the single MIG strategy. */
  migProfile?: string;
  /** Devices before sharing; with the single MIG strategy these are slices. */
  count?: number;
  memoryBytes?: number;
  /** Slots a device is divided into. */
  replicas?: number;
  sharing?: Extract<GpuSharing, 'TimeSlicing' | 'Mps'>;
}

/**
 * @param prefix - `nvidia.com/gpu`, or `nvidia.com/mig-<profile>` for a resource of the mixed MIG strategy
 */
export function readLabels(labels: Labels, prefix: string): NvidiaLabels {
  const product =
    labels[`${prefix}.product`] ?? labels['nvidia.com/gpu.product'];
  const [, base, migProfile] =
    /^(.*?)(?:-MIG-([0-9a-z.+]+?))?(?:-SHARED)?$/.exec(product ?? '') ?? [];
  const count = parseDeviceCount(labels[`${prefix}.count`]);
  const memoryMib = parseDeviceCount(labels[`${prefix}.memory`]);
  const replicas = parseDeviceCount(labels[`${prefix}.replicas`]);
  const strategy =
    labels[`${prefix}.sharing-strategy`] ??
    labels['nvidia.com/gpu.sharing-strategy'];
  const shared =
    (replicas ?? 1) > 1 || product?.endsWith('-SHARED') || strategy === 'mps';
  return {
    ...(base ? { product: base } : {}),
    ...(migProfile ? { migProfile } : {}),
    ...(count === undefined ? {} : { count }),
    ...(memoryMib ? { memoryBytes: memoryMib * MIB } : {}),
    ...(replicas ? { replicas } : {}),
    ...(shared
      ? { sharing: strategy === 'mps' ? ('Mps' as const) : 'TimeSlicing' }
      : {}),
  };
}

/** Driver version, from the newer label or the older three parts. */
export function readDriverVersion(labels: Labels): string | undefined {
  const full = labels['nvidia.com/cuda.driver-version.full'];
  if (full) return full;
  const [major, minor, revision] = ['major', 'minor', 'rev'].map(
    part => labels[`nvidia.com/cuda.driver.${part}`],
  );
  return major && minor
    ? [major, minor, revision].filter(Boolean).join('.')
    : undefined;
}
