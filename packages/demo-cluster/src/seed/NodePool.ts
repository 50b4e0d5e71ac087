import {
  A100,
  AmdProduct,
  FLEX_170,
  H100,
  IntelProduct,
  L4,
  MAX_1550,
  MI300X,
  MigProfile,
  NvidiaProduct,
  A100_MIG_PROFILES,
} from './gpuProducts';

/** How many slices of a profile each of a number of GPUs is cut into. */
export interface MigLayout {
  profile: MigProfile;
  gpus: number;
  slicesPerGpu: number;
}

/** GPUs of one node of a pool. */
export type NodeGpus =
  | {
      product: NvidiaProduct;
      count: number;
      /** Slots per GPU with time-slicing. */
      timeSlices?: number;
      mig?: MigLayout[];
    }
  | { product: AmdProduct; count: number }
  | { product: IntelProduct; count: number };

/** Nodes that are alike. */
export interface NodePool {
  name: string;
  nodeCount: number;
  cores: number;
  memoryGiB: number;
  gpus?: NodeGpus;
  /** Number of a node (from 0) to how many of its devices failed. */
  failedDevices?: Record<number, number>;
}

/**
 * Pools of the demo: three vendors, whole GPUs, MIG slices and time-slicing, one failed GPU, and nodes without GPUs.
 */
export const DEMO_POOLS: readonly NodePool[] = [
  { name: 'cpu', nodeCount: 3, cores: 32, memoryGiB: 128 },
  {
    name: 'h100',
    nodeCount: 2,
    cores: 192,
    memoryGiB: 2048,
    gpus: { product: H100, count: 8 },
    failedDevices: { 1: 1 },
  },
  {
    name: 'l4',
    nodeCount: 2,
    cores: 64,
    memoryGiB: 512,
    gpus: { product: L4, count: 4 },
  },
  {
    name: 'a100-mig',
    nodeCount: 1,
    cores: 128,
    memoryGiB: 1024,
    gpus: {
      product: A100,
      count: 8,
      mig: [
        { profile: A100_MIG_PROFILES['1g.10gb'], gpus: 4, slicesPerGpu: 7 },
        { profile: A100_MIG_PROFILES['3g.40gb'], gpus: 4, slicesPerGpu: 2 },
      ],
    },
  },
  {
    name: 'l4-shared',
    nodeCount: 1,
    cores: 48,
    memoryGiB: 256,
    gpus: { product: L4, count: 2, timeSlices: 4 },
  },
  {
    name: 'mi300x',
    nodeCount: 1,
    cores: 192,
    memoryGiB: 2048,
    gpus: { product: MI300X, count: 8 },
  },
  {
    name: 'max1550',
    nodeCount: 1,
    cores: 112,
    memoryGiB: 1024,
    gpus: { product: MAX_1550, count: 4 },
  },
  {
    name: 'flex170',
    nodeCount: 1,
    cores: 64,
    memoryGiB: 512,
    gpus: { product: FLEX_170, count: 2 },
  },
];

/** Products of a large cluster by share: whole GPUs, eight on a node. */
export const SCALE_POOLS: ReadonlyArray<{ pool: NodePool; share: number }> = [
  { name: 'h100', gpus: { product: H100, count: 8 }, share: 0.5 },
  { name: 'l4', gpus: { product: L4, count: 8 }, share: 0.2 },
  { name: 'mi300x', gpus: { product: MI300X, count: 8 }, share: 0.2 },
  { name: 'max1550', gpus: { product: MAX_1550, count: 8 }, share: 0.1 },
].map(({ name, gpus, share }) => ({
  pool: {
    name,
    nodeCount: 0,
    cores: 192,
    memoryGiB: 2048,
    gpus: gpus as NodeGpus,
  },
  share,
}));
