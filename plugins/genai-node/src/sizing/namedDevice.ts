import { ACCELERATOR_PRODUCTS, type AcceleratorProduct } from '../accelerators';
import type { PlanDevice } from './judgeReplica';

const GIB = 2 ** 30;

/** Words that vendors put before a product's name. */
const BRANDS =
  /\b(nvidia|amd|intel|habana|tesla|geforce|instinct|radeon|data center gpu)\b/gi;

/** `H100-80GB`, also from `NVIDIA H100 80 GB HBM3`, `nvidia_h100_80g`. */
function normalised(name: string): string {
  return name
    .replace(/[-_]+/g, ' ')
    .replace(BRANDS, ' ')
    .replace(/\b(\d+)\s*gi?b?\b/gi, '$1GB')
    .trim()
    .replace(/\s+/g, '-');
}

/** A product that is sold with two sizes of memory, and what to say when neither was named. */
const AMBIGUOUS: readonly (readonly [RegExp, string])[] = [
  [/^a100(-(sxm4?|pcie))?$/i, 'A100 40GB or A100 80GB'],
  [/^v100(-(sxm2|pcie|dgxs))?$/i, 'V100 16GB or V100 32GB'],
];

/** Labels differ by vendor in what stands before the name, and in how words are joined. */
function spellings(name: string): string[] {
  const under = name.replace(/-/g, '_');
  return [
    name,
    `RTX-${name}`,
    `NVIDIA-${name}`,
    `Tesla-${name}`,
    under,
    `AMD_Instinct_${under}`,
  ];
}

function productNamed(name: string): AcceleratorProduct | undefined {
  const label = normalised(name);
  const byLabel = (text: string) =>
    ACCELERATOR_PRODUCTS.find(product =>
      new RegExp(product.label.source, 'i').test(text),
    );
  const exact = ACCELERATOR_PRODUCTS.find(
    product => normalised(product.name).toLowerCase() === label.toLowerCase(),
  );
  const found = exact ?? [name, ...spellings(label)].map(byLabel).find(Boolean);
  if (found) return found;
  // People name the memory also where the label does not; it must then be the memory of the product.
  const [, bare, memory] = /^(.+)-(\d+)GB$/.exec(label) ?? [];
  const product = bare && spellings(bare).map(byLabel).find(Boolean);
  return product && product.nominalMemoryGb === Number(memory)
    ? product
    : undefined;
}

/** A slice of a product: `A100-SXM4-80GB-MIG-3g.40gb`. */
const MIG = /[-_ ]?mig[-_ ]?(\d+g\.(\d+)gb)(?:[-+._]me)?$/i;

/**
 * The device behind the name of a product, or behind a number of GiB. A name that nobody knows, or that stands for two
 * products, is a device of unknown memory.
 *
 * @param gpu - product as labels, data sheets or people write it, with a MIG profile or without; or visible memory in GiB
 */
export function namedDevice(gpu: string | number): PlanDevice & {
  /** Which products the name may mean, when it may mean several. */
  ambiguous?: string;
} {
  const gib =
    typeof gpu === 'number'
      ? gpu
      : Number(/^\s*(\d+(?:\.\d+)?)\s*(?:gib?)?\s*$/i.exec(gpu)?.[1] ?? NaN);
  // More than any device has is the number of a product: 4090.
  if (gib > 0 && gib < 1024) {
    return {
      vendor: 'nvidia',
      sharing: 'Whole',
      memoryBytes: gib * GIB,
      name: `${gib} GiB`,
    };
  }
  const text = String(gpu).trim().slice(0, 120);
  const slice = MIG.exec(text);
  const whole = text.replace(MIG, '');
  const ambiguous = AMBIGUOUS.find(([pattern]) =>
    pattern.test(normalised(whole)),
  )?.[1];
  const product = productNamed(whole);
  if (ambiguous && !slice) {
    return { vendor: 'nvidia', sharing: 'Whole', name: text, ambiguous };
  }
  if (!product) return { vendor: 'nvidia', sharing: 'Whole', name: text };
  const { visibleMemoryGib, nominalMemoryGb, vendor } = product;
  const memoryGib =
    visibleMemoryGib &&
    (slice
      ? (Number(slice[2]) * visibleMemoryGib) / nominalMemoryGb
      : visibleMemoryGib);
  return {
    vendor,
    sharing: slice ? 'Mig' : 'Whole',
    product,
    name: text,
    ...(memoryGib ? { memoryBytes: memoryGib * GIB } : {}),
  };
}
