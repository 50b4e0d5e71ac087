import type { AcceleratorSpoke } from '../AcceleratorSpoke';
import { readDriverVersion } from './labels';
import { AMD_PRODUCTS } from './products';
import { recognisePool } from './recognise';
import { readResource } from './resources';

/** The amd spoke. */
export const amd: AcceleratorSpoke = {
  vendor: 'amd',
  readResource,
  readDriverVersion,
  products: AMD_PRODUCTS,
  recognisePool,
};
