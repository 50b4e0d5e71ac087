type Labels = Readonly<Record<string, string>>;

const UNITS: Readonly<Record<string, number>> = {
  M: 2 ** 20,
  G: 2 ** 30,
  T: 2 ** 40,
};

/** What the AMD node labeller says of a node. Absent labels stay absent. */
export interface AmdLabels {
  product?: string;
  memoryBytes?: number;
  /** Partition mode of the GPUs, e.g. `cpx_nps4`, in lower case. */
  partition?: string;
}

/** Reads the labels of today and, where they are missing, the older `beta.amd.com/gpu.<attribute>.<value>=<count>`. */
export function readLabels(labels: Labels): AmdLabels {
  const product = readAttribute(labels, 'product-name');
  const partition = readAttribute(labels, 'compute-memory-partition');
  // The labeller writes binary gigabytes with a decimal unit: 192G is what drivers report as 191.98 GiB.
  const [, digits, unit] =
    /^(\d+)([MGT])i?B?$/.exec(readAttribute(labels, 'vram') ?? '') ?? [];
  return {
    ...(product ? { product } : {}),
    ...(digits ? { memoryBytes: Number(digits) * UNITS[unit] } : {}),
    ...(partition ? { partition: partition.toLocaleLowerCase('en-US') } : {}),
  };
}

/** Driver version of the kernel module. */
export function readDriverVersion(labels: Labels): string | undefined {
  return readAttribute(labels, 'driver-version');
}

function readAttribute(labels: Labels, attribute: string): string | undefined {
  const value = labels[`amd.com/gpu.${attribute}`];
  if (value) return value;
  const legacy = `beta.amd.com/gpu.${attribute}.`;
  const values = Object.keys(labels).filter(key => key.startsWith(legacy));
  // Several values mean a node of several products: which device is which is not said.
  return values.length === 1 ? values[0].slice(legacy.length) : undefined;
}
