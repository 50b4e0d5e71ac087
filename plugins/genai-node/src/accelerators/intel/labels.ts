import { parseDeviceCount } from '../../quantities';

type Labels = Readonly<Record<string, string>>;

/** What Intel's node feature rules say of a node. Absent labels stay absent. */
export interface IntelLabels {
  product?: string;
  /** Physical GPUs of both kernel drivers together. */
  count?: number;
}

/** Intel publishes neither memory nor driver version in labels. */
export function readLabels(labels: Labels): IntelLabels {
  const product = labels['gpu.intel.com/product'];
  const count = parseDeviceCount(labels['gpu.intel.com/device.count']);
  return {
    ...(product ? { product } : {}),
    ...(count === undefined ? {} : { count }),
  };
}

/** Not published. */
export function readDriverVersion(): undefined {
  return undefined;
}
