import type {
  AcceleratorVendor,
  GpuNode,
  GpuNodePool,
  GpuSharing,
} from '@promptside/backstage-plugin-genai-common';
import {
  findProduct,
  productMemoryBytes,
  type AcceleratorProduct,
} from '../accelerators';
import { toleratedTaintKeys } from './toleratedTaints';

/** All devices of one kind in one cluster, and where they are. */
export interface HardwareShape {
  cluster: string;
  vendor: AcceleratorVendor;
  resource: string;
  sharing: GpuSharing;
  profile?: string;
  /** Value of the product label that pods select: with the MIG profile where the label has it. */
  selector?: string;
  /** Product without profile, as answers name it. */
  productLabel?: string;
  product?: AcceleratorProduct;
  /** Least memory of one device among the nodes; absent when no label and no table tells. */
  memoryBytes?: number;
  /** How messages call one device. */
  name: string;
  /** How many nodes that take our pods have so many free devices, by that number; nodes without any are left out. */
  nodesByFree: Map<number, number>;
  freeCount: number;
  /** Healthy devices of the largest node, free or not, schedulable or not. */
  largestNode: number;
}

const remembered = new WeakMap<readonly GpuNode[], HardwareShape[]>();

/** The kinds of devices on the nodes. Remembered by the array, so that planning many models reads the nodes once. */
export function hardwareShapes(nodes: readonly GpuNode[]): HardwareShape[] {
  const known = remembered.get(nodes);
  if (known) return known;
  const shapes = new Map<string, HardwareShape>();
  for (const node of nodes) {
    for (const pool of node.pools) {
      const key = JSON.stringify([
        node.cluster,
        pool.resource,
        pool.sharing,
        pool.product,
        pool.profile,
      ]);
      const shape = shapes.get(key) ?? newShape(node.cluster, pool);
      shapes.set(key, shape);
      addNode(shape, node, pool);
    }
  }
  const answer = [...shapes.values()];
  remembered.set(nodes, answer);
  return answer;
}

function newShape(cluster: string, pool: GpuNodePool): HardwareShape {
  const { vendor, resource, sharing, profile, product } = pool;
  const selector = product && product + labelSuffix(pool);
  const memoryBytes =
    pool.memoryBytes ??
    (sharing === 'Whole' ? productMemoryBytes(vendor, product) : undefined);
  return {
    cluster,
    vendor,
    resource,
    sharing,
    ...(profile ? { profile } : {}),
    ...(selector ? { selector, productLabel: product } : {}),
    ...withProduct(vendor, product),
    ...(memoryBytes === undefined ? {} : { memoryBytes }),
    name: [product ?? resource, sharing === 'Whole' ? undefined : profile]
      .filter(Boolean)
      .join(' '),
    nodesByFree: new Map(),
    freeCount: 0,
    largestNode: 0,
  };
}

/**
 * What feature discovery adds to NVIDIA's product label: the profile where slices carry the plain resource (single MIG
 * strategy), and `-SHARED` where shared GPUs do.
 */
function labelSuffix({ sharing, profile, resource }: GpuNodePool): string {
  const slice =
    profile && /^nvidia\.com\/gpu(\.shared)?$/.test(resource)
      ? `-MIG-${profile}`
      : '';
  const shared =
    (sharing === 'TimeSlicing' || sharing === 'Mps') &&
    !resource.endsWith('.shared');
  return shared ? `${slice}-SHARED` : slice;
}

function withProduct(vendor: AcceleratorVendor, label: string | undefined) {
  const product = findProduct(vendor, label);
  return product ? { product } : {};
}

function addNode(shape: HardwareShape, node: GpuNode, pool: GpuNodePool) {
  if (pool.memoryBytes !== undefined) {
    shape.memoryBytes = Math.min(
      shape.memoryBytes ?? Infinity,
      pool.memoryBytes,
    );
  }
  shape.largestNode = Math.max(shape.largestNode, pool.counts.allocatable);
  const { free } = pool.counts;
  if (free > 0 && takesOurPods(node, shape)) {
    shape.nodesByFree.set(free, (shape.nodesByFree.get(free) ?? 0) + 1);
    shape.freeCount += free;
  }
}

function takesOurPods(node: GpuNode, shape: HardwareShape): boolean {
  if (node.state !== 'Ready') return false;
  const tolerated = toleratedTaintKeys(shape.vendor, shape.resource);
  return node.taints.every(
    ({ key, effect }) =>
      effect === 'PreferNoSchedule' || tolerated.includes(key),
  );
}

/** Replicas of so many devices each that the free devices take now: a replica lies on one node. */
export function placeableReplicas(
  shape: HardwareShape,
  gpuCount: number,
): number {
  let replicas = 0;
  for (const [free, nodes] of shape.nodesByFree) {
    replicas += Math.floor(free / gpuCount) * nodes;
  }
  return replicas;
}
