import type {
  Engine,
  GpuGroup,
} from '@promptside/backstage-plugin-genai-common';
import {
  formatBytes,
  formatProduct,
  formatQuantity,
  SHARING_NAMES,
  VENDOR_NAMES,
} from '@promptside/backstage-plugin-genai-react';
import type { GenaiAccelerator } from './formValues';

/** A kind of GPU to choose. */
export interface AcceleratorOption {
  /** Tells it from the others; the value of its radio button. */
  key: string;
  value: GenaiAccelerator;
  /** `NVIDIA A100 SXM4 80GB, MIG slice 1g.10gb` */
  title: string;
  /** `5 of 8 free · 79.6 GiB each · nvidia.com/gpu` */
  facts: string;
  counts: GpuGroup['counts'];
  /** Why the engine of the form cannot use it. */
  refusal?: string;
}

/** The kinds of one cluster: what is free first, those that the engine cannot use last. */
export function acceleratorOptions(
  groups: readonly GpuGroup[],
  engine: Pick<Engine, 'title' | 'platforms'> | undefined,
): AcceleratorOption[] {
  return groups
    .map(group => ({ free: group.schedulableFree, ...optionOf(group, engine) }))
    .sort(
      (a, b) =>
        Number(Boolean(a.refusal)) - Number(Boolean(b.refusal)) ||
        b.free - a.free ||
        a.title.localeCompare(b.title),
    )
    .map(({ free: _, ...option }) => option);
}

/** Identity of a value among the options. */
export function acceleratorKey(value: Partial<GenaiAccelerator>): string {
  return [value.vendor, value.resource, value.product].join('/');
}

function optionOf(
  group: GpuGroup,
  engine: Pick<Engine, 'title' | 'platforms'> | undefined,
): AcceleratorOption {
  const { vendor, resource, profile, sharing, counts, memoryBytes } = group;
  const product = productLabel(group);
  const value = { vendor, resource, ...(product ? { product } : {}) };
  const platform = resource === 'habana.ai/gaudi' ? 'gaudi' : vendor;
  const part =
    sharing === 'Whole'
      ? undefined
      : [SHARING_NAMES[sharing], profile].filter(Boolean).join(' ');
  return {
    key: acceleratorKey(value),
    value,
    counts,
    title: [`${VENDOR_NAMES[vendor]} ${formatProduct(group)}`, part]
      .filter(Boolean)
      .join(', '),
    facts: [
      `${group.schedulableFree} of ${counts.capacity} free`,
      formatQuantity(group.nodeCount, 'node'),
      memoryBytes === undefined
        ? 'memory not known'
        : `${formatBytes(memoryBytes)} each`,
      resource,
    ].join(' · '),
    ...(engine && !engine.platforms.includes(platform)
      ? {
          refusal: `${engine.title} has no image for ${
            platform === 'gaudi'
              ? 'Intel Gaudi'
              : `${VENDOR_NAMES[vendor]} GPUs`
          }.`,
        }
      : {}),
  };
}

/**
 * The label by which pods select such nodes. NVIDIA's feature discovery adds the profile where slices carry the plain resource,
 * and `-SHARED` where slots do.
 */
function productLabel({
  vendor,
  product,
  resource,
  sharing,
  profile,
}: GpuGroup): string | undefined {
  if (!product || vendor !== 'nvidia') return product;
  const slice =
    sharing === 'Mig' && resource === 'nvidia.com/gpu' && profile
      ? `-MIG-${profile}`
      : '';
  const shared =
    (sharing === 'TimeSlicing' || sharing === 'Mps') &&
    !resource.endsWith('.shared')
      ? '-SHARED'
      : '';
  return `${product}${slice}${shared}`;
}
