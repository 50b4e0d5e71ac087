import { z } from 'zod';
import { clusterStatusSchema } from './clusters';
import { clusterNameSchema, dnsLabelSchema, entityRefSchema } from './names';

/** @public */
export const acceleratorVendorSchema = z.enum(['nvidia', 'amd', 'intel']);

/** @public */
export type AcceleratorVendor = z.infer<typeof acceleratorVendorSchema>;

/**
 * What one schedulable device is: a `Whole` GPU, a `Mig` slice, an AMD `Partition`, or a slot on a GPU that several pods
 * share (`TimeSlicing`, `Mps`, `Shared` for Intel's sharedDevNum).
 *
 * @public
 */
export const gpuSharingSchema = z.enum([
  'Whole',
  'Mig',
  'Partition',
  'TimeSlicing',
  'Mps',
  'Shared',
]);

/** @public */
export type GpuSharing = z.infer<typeof gpuSharingSchema>;

/**
 * Counts in schedulable devices of one resource. `free` = allocatable - allocated, never below 0.
 * `unhealthy` = capacity - allocatable.
 *
 * @public
 */
export const gpuCountsSchema = z.object({
  capacity: z.number().int(),
  allocatable: z.number().int(),
  allocated: z.number().int(),
  free: z.number().int(),
  unhealthy: z.number().int(),
});

/** @public */
export type GpuCounts = z.infer<typeof gpuCountsSchema>;

const gpuShape = {
  vendor: acceleratorVendorSchema,
  /** Extended resource, e.g. `nvidia.com/mig-1g.10gb`. */
  resource: z.string(),
  sharing: gpuSharingSchema,
  /** Product as the vendor's label has it, without `-SHARED` and MIG suffixes; absent when no label tells. */
  product: z.string().optional(),
  /** MIG or partition profile, e.g. `3g.40gb`. */
  profile: z.string().optional(),
  /** Memory of one schedulable device (a whole GPU, a slice); absent when neither label nor table tells. */
  memoryBytes: z.number().optional(),
};

/**
 * All devices of the same shape in one cluster.
 *
 * @public
 */
export const gpuGroupSchema = z.object({
  cluster: z.string(),
  ...gpuShape,
  nodeCount: z.number().int(),
  /** Physical GPUs behind the group; absent when a node does not tell (never guessed from slots). */
  physicalCount: z.number().int().optional(),
  counts: gpuCountsSchema,
  /** Free devices on schedulable, ready nodes only. */
  schedulableFree: z.number().int(),
  /** Most free devices on one schedulable node: the largest pod that fits now. */
  largestFree: z.number().int(),
});

/** @public */
export type GpuGroup = z.infer<typeof gpuGroupSchema>;

/** Devices held by one owner. @public */
export const gpuOwnerUsageSchema = z.object({
  cluster: z.string(),
  /** Full entity ref of a Group; absent for workloads whose owner nobody named. */
  owner: z.string().optional(),
  namespaces: z.array(z.string()),
  vendor: acceleratorVendorSchema,
  resource: z.string(),
  product: z.string().optional(),
  sharing: gpuSharingSchema,
  allocated: z.number().int(),
  podCount: z.number().int(),
});

/** @public */
export type GpuOwnerUsage = z.infer<typeof gpuOwnerUsageSchema>;

/** Pods that ask for GPUs and have no node. @public */
export const gpuPendingSchema = z.object({
  cluster: z.string(),
  vendor: acceleratorVendorSchema,
  resource: z.string(),
  count: z.number().int(),
  podCount: z.number().int(),
});

/** @public */
export type GpuPending = z.infer<typeof gpuPendingSchema>;

/** Answer of `GET /v1/gpu-overview`. @public */
export const gpuOverviewSchema = z.object({
  groups: z.array(gpuGroupSchema),
  owners: z.array(gpuOwnerUsageSchema),
  pending: z.array(gpuPendingSchema),
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type GpuOverview = z.infer<typeof gpuOverviewSchema>;

/** The workload at the top of a pod's owner chain. @public */
export const workloadRefSchema = z.object({
  /** e.g. `Deployment`, `StatefulSet`, `Job`, `InferenceService`; `Pod` for a bare pod. */
  kind: z.string(),
  name: z.string(),
});

/** @public */
export type WorkloadRef = z.infer<typeof workloadRefSchema>;

/**
 * One pod's hold on devices of one resource. A pod with two resources gives two of them.
 *
 * @public
 */
export const gpuAllocationSchema = z.object({
  cluster: z.string(),
  namespace: z.string(),
  pod: z.string(),
  podUid: z.string(),
  phase: z.enum(['Pending', 'Running', 'Succeeded', 'Failed', 'Unknown']),
  /** Every container ready. */
  ready: z.boolean(),
  /** Absent while the pod has no node: it waits and holds nothing. */
  node: z.string().optional(),
  ...gpuShape,
  count: z.number().int(),
  workload: workloadRefSchema,
  entityRef: z.string().optional(),
  owner: z.string().optional(),
  model: z.string().optional(),
  /** Start of the hold (pod scheduled), ISO 8601. */
  since: z.string().optional(),
  /** Why it is not ready, in the cluster's own words. */
  reason: z.string().optional(),
  message: z.string().optional(),
});

/** @public */
export type GpuAllocation = z.infer<typeof gpuAllocationSchema>;

/** @public */
export const gpuNodePoolSchema = z.object({
  ...gpuShape,
  physicalCount: z.number().int().optional(),
  /** Slots a shared GPU is divided into. */
  replicas: z.number().int().optional(),
  counts: gpuCountsSchema,
});

/** @public */
export type GpuNodePool = z.infer<typeof gpuNodePoolSchema>;

/** @public */
export const gpuNodeSchema = z.object({
  cluster: z.string(),
  name: z.string(),
  /** `Unknown` when the kubelet no longer reports. */
  state: z.enum(['Ready', 'NotReady', 'Cordoned', 'Unknown']),
  reason: z.string().optional(),
  taints: z.array(
    z.object({
      key: z.string(),
      value: z.string().optional(),
      effect: z.string(),
    }),
  ),
  driverVersion: z.string().optional(),
  kubeletVersion: z.string().optional(),
  pools: z.array(gpuNodePoolSchema),
  /** Present when asked for with `include=allocations`. */
  allocations: z.array(gpuAllocationSchema).optional(),
});

/** @public */
export type GpuNode = z.infer<typeof gpuNodeSchema>;

/** Answer of `GET /v1/gpu-nodes`. @public */
export const gpuNodesResponseSchema = z.object({
  items: z.array(gpuNodeSchema),
  totalCount: z.number().int(),
  nextCursor: z.string().optional(),
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type GpuNodesResponse = z.infer<typeof gpuNodesResponseSchema>;

/** What all pods of an entity hold of one kind of device, whatever part of them a page shows. @public */
export const gpuAllocationTotalSchema = z.object({
  ...gpuShape,
  heldCount: z.number().int(),
  /** Asked for by pods that have no node yet. */
  waitingCount: z.number().int(),
  podCount: z.number().int(),
  readyPodCount: z.number().int(),
  nodeCount: z.number().int(),
});

/** @public */
export type GpuAllocationTotal = z.infer<typeof gpuAllocationTotalSchema>;

/** Answer of `GET /v1/gpu-allocations`. @public */
export const gpuAllocationsResponseSchema = z.object({
  items: z.array(gpuAllocationSchema),
  totalCount: z.number().int(),
  /** Present when an entity is asked for. */
  totals: z.array(gpuAllocationTotalSchema).optional(),
  nextCursor: z.string().optional(),
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type GpuAllocationsResponse = z.infer<
  typeof gpuAllocationsResponseSchema
>;

const page = {
  /** 1 to 500 */
  limit: z.coerce.number().int().min(1).max(500).optional(),
  cursor: z.string().max(512).optional(),
};

/** @public */
export const gpuOverviewQuerySchema = z.strictObject({
  cluster: clusterNameSchema.optional(),
  vendor: acceleratorVendorSchema.optional(),
  product: z.string().max(128).optional(),
  owner: entityRefSchema.optional(),
});

/** @public */
export type GpuOverviewQuery = z.infer<typeof gpuOverviewQuerySchema>;

/** @public */
export const gpuNodesQuerySchema = z.strictObject({
  cluster: clusterNameSchema.optional(),
  vendor: acceleratorVendorSchema.optional(),
  product: z.string().max(128).optional(),
  /** Only nodes with at least one free device. */
  free: z.enum(['true', 'false']).optional(),
  /** Part of a node name. */
  search: z.string().max(128).optional(),
  include: z.enum(['allocations']).optional(),
  ...page,
});

/** @public */
export type GpuNodesQuery = z.infer<typeof gpuNodesQuerySchema>;

/** @public */
export const gpuAllocationsQuerySchema = z.strictObject({
  cluster: clusterNameSchema.optional(),
  namespace: dnsLabelSchema.optional(),
  node: z.string().max(253).optional(),
  owner: entityRefSchema.optional(),
  entityRef: entityRefSchema.optional(),
  /** Value of the label `backstage.io/kubernetes-id`: finds workloads that carry no entity ref. */
  kubernetesId: z.string().max(63).optional(),
  ...page,
});

/** @public */
export type GpuAllocationsQuery = z.infer<typeof gpuAllocationsQuerySchema>;
