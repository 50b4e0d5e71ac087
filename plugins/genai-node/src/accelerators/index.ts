export type { AcceleratorProduct } from './AcceleratorProduct';
export type { AcceleratorResource } from './AcceleratorSpoke';
export {
  ACCELERATOR_PRODUCTS,
  findProduct,
  productMemoryBytes,
} from './products';
export { readAcceleratorResource } from './registry';
