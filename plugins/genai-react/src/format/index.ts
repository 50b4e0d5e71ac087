export { formatAge } from './formatAge';
export { formatBytes } from './formatBytes';
export { formatPrice } from './formatPrice';
export { QUANTIZATION_NAMES } from './quantizationNames';
export { formatCount, formatQuantity, formatShortCount } from './formatCount';
export {
  formatDevice,
  formatProduct,
  SHARING_NAMES,
  VENDOR_NAMES,
} from './gpuWords';
