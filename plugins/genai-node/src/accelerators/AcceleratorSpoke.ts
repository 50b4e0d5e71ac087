import type {
  AcceleratorVendor,
  GpuSharing,
} from '@promptside/backstage-plugin-genai-common';
import type { AcceleratorPool } from '../facts/Fact';
import type { AcceleratorProduct } from './AcceleratorProduct';

/**
 * What the name of an extended resource tells by itself, without the node it is on.
 *
 * @public
 */
export interface AcceleratorResource {
  vendor: AcceleratorVendor;
  resource: string;
  sharing: GpuSharing;
  profile?: string;
}

/** Labels and resources of a node, as much as counting devices needs. */
export interface NodeDevices {
  labels: Readonly<Record<string, string>>;
  /** Devices by extended resource. */
  capacity: Readonly<Record<string, number>>;
  allocatable: Readonly<Record<string, number>>;
}

/** One vendor: each folder beside this file answers these questions in files of the same names. */
export interface AcceleratorSpoke {
  vendor: AcceleratorVendor;
  /** `resources.ts`: `undefined` when the resource is none of this vendor's schedulable devices. */
  readResource(resource: string): AcceleratorResource | undefined;
  /** `labels.ts`: version of the kernel driver. */
  readDriverVersion(
    labels: Readonly<Record<string, string>>,
  ): string | undefined;
  /** `products.ts` */
  products: readonly AcceleratorProduct[];
  /** `recognise.ts`: the devices of one resource on a node. */
  recognisePool(
    resource: AcceleratorResource,
    node: NodeDevices,
  ): AcceleratorPool;
}
