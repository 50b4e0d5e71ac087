import type { AcceleratorSpoke } from '../AcceleratorSpoke';
import { readDriverVersion } from './labels';
import { INTEL_PRODUCTS } from './products';
import { recognisePool } from './recognise';
import { readResource } from './resources';

/** The intel spoke. */
export const intel: AcceleratorSpoke = {
  vendor: 'intel',
  readResource,
  readDriverVersion,
  products: INTEL_PRODUCTS,
  recognisePool,
};
