/** A GPU as its vendor's software names and measures it. Sources: data sheets and the labels of feature discovery. */
export interface GpuProduct {
  vendor: 'nvidia' | 'amd' | 'intel';
  /** As the exporter prints it. */
  modelName: string;
  /** As the node label prints it. */
  label: string;
  /** Memory a driver reports for one whole device. */
  memoryMiB: number;
  /** Power at rest and at full load, in watts. */
  idleWatts: number;
  maxWatts: number;
  /** Clock of the compute units at full load, in MHz. */
  smClockMhz: number;
  memoryClockMhz: number;
}

/** NVIDIA's own facts: architecture and compute capability. */
export interface NvidiaProduct extends GpuProduct {
  vendor: 'nvidia';
  family: string;
  computeMajor: number;
  computeMinor: number;
  migCapable: boolean;
  /** Machine type that the firmware names. */
  machine: string;
}

/** AMD's own facts, as the node labeller prints them. */
export interface AmdProduct extends GpuProduct {
  vendor: 'amd';
  /** e.g. `192G`. */
  vram: string;
  cuCount: number;
  simdCount: number;
  deviceId: string;
  cardModel: string;
}

/** Intel's own facts: PCI device and number of tiles. */
export interface IntelProduct extends GpuProduct {
  vendor: 'intel';
  family: string;
  pciDevice: string;
  tiles: number;
  /** Extended resource, which follows the kernel driver. */
  resource: 'gpu.intel.com/i915' | 'gpu.intel.com/xe';
}

/** NVIDIA H100 SXM with 80 GB. */
export const H100: NvidiaProduct = {
  vendor: 'nvidia',
  modelName: 'NVIDIA H100 80GB HBM3',
  label: 'NVIDIA-H100-80GB-HBM3',
  memoryMiB: 81559,
  idleWatts: 71,
  maxWatts: 700,
  smClockMhz: 1980,
  memoryClockMhz: 2619,
  family: 'hopper',
  computeMajor: 9,
  computeMinor: 0,
  migCapable: true,
  machine: 'DGXH100',
};

/** NVIDIA L4. */
export const L4: NvidiaProduct = {
  vendor: 'nvidia',
  modelName: 'NVIDIA L4',
  label: 'NVIDIA-L4',
  memoryMiB: 23034,
  idleWatts: 13,
  maxWatts: 72,
  smClockMhz: 2040,
  memoryClockMhz: 6251,
  family: 'ada-lovelace',
  computeMajor: 8,
  computeMinor: 9,
  migCapable: false,
  machine: 'PowerEdge-R760xa',
};

/** NVIDIA A100 SXM with 80 GB. */
export const A100: NvidiaProduct = {
  vendor: 'nvidia',
  modelName: 'NVIDIA A100-SXM4-80GB',
  label: 'NVIDIA-A100-SXM4-80GB',
  memoryMiB: 81920,
  idleWatts: 62,
  maxWatts: 400,
  smClockMhz: 1410,
  memoryClockMhz: 1593,
  family: 'ampere',
  computeMajor: 8,
  computeMinor: 0,
  migCapable: true,
  machine: 'DGXA100',
};

/** AMD Instinct MI300X. */
export const MI300X: AmdProduct = {
  vendor: 'amd',
  modelName: 'AMD Instinct MI300X OAM',
  label: 'AMD_Instinct_MI300X_OAM',
  memoryMiB: 196592,
  idleWatts: 138,
  maxWatts: 750,
  smClockMhz: 2100,
  memoryClockMhz: 1300,
  vram: '192G',
  cuCount: 304,
  simdCount: 1216,
  deviceId: '74a1',
  cardModel: '102-G30211-0C',
};

/** Intel Data Center GPU Max 1550, two tiles. */
export const MAX_1550: IntelProduct = {
  vendor: 'intel',
  modelName: 'Intel(R) Data Center GPU Max 1550',
  label: 'Max_1550',
  memoryMiB: 131072,
  idleWatts: 162,
  maxWatts: 600,
  smClockMhz: 1600,
  memoryClockMhz: 3200,
  family: 'Max_Series',
  pciDevice: '0bd5',
  tiles: 2,
  resource: 'gpu.intel.com/xe',
};

/** Intel Data Center GPU Flex 170. */
export const FLEX_170: IntelProduct = {
  vendor: 'intel',
  modelName: 'Intel(R) Data Center GPU Flex 170',
  label: 'Flex_170',
  memoryMiB: 14248,
  idleWatts: 39,
  maxWatts: 150,
  smClockMhz: 2050,
  memoryClockMhz: 2250,
  family: 'Flex_Series',
  pciDevice: '56c0',
  tiles: 1,
  resource: 'gpu.intel.com/i915',
};

/** Every product of the demo. */
export type AnyGpuProduct = NvidiaProduct | AmdProduct | IntelProduct;

/** One profile of a MIG device: what a slice has. Values of NVIDIA's MIG guide for the A100 with 80 GB. */
export interface MigProfile {
  name: string;
  memoryMiB: number;
  computeSlices: number;
  memorySlices: number;
  multiprocessors: number;
  /** Profile number in `GPU_I_PROFILE` order; slices on one GPU count from here. */
  firstInstanceId: number;
}

/** Profiles of the A100 with 80 GB that the demo uses. */
export const A100_MIG_PROFILES: Record<'1g.10gb' | '3g.40gb', MigProfile> = {
  '1g.10gb': {
    name: '1g.10gb',
    memoryMiB: 9728,
    computeSlices: 1,
    memorySlices: 1,
    multiprocessors: 14,
    firstInstanceId: 7,
  },
  '3g.40gb': {
    name: '3g.40gb',
    memoryMiB: 40192,
    computeSlices: 3,
    memorySlices: 4,
    multiprocessors: 42,
    firstInstanceId: 1,
  },
};
