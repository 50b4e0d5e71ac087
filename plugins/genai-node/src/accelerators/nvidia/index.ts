import type { AcceleratorSpoke } from '../AcceleratorSpoke';
import { readDriverVersion } from './labels';
import { NVIDIA_PRODUCTS } from './products';
import { recognisePool } from './recognise';
import { readResource } from './resources';

/** The nvidia spoke. */
export const nvidia: AcceleratorSpoke = {
  vendor: 'nvidia',
  readResource,
  readDriverVersion,
  products: NVIDIA_PRODUCTS,
  recognisePool,
};
