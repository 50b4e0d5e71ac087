import { z } from 'zod';
import { clusterStatusSchema } from './clusters';
import { clusterNameSchema, dnsLabelSchema } from './names';

/**
 * Whether several nodes can write a volume at the same time. `Unknown`: nobody told, which is not a no.
 *
 * @public
 */
export const readWriteManySchema = z.enum(['Yes', 'No', 'Unknown']);

/** @public */
export type ReadWriteMany = z.infer<typeof readWriteManySchema>;

/**
 * Where weights lie: in a cache of each server, or in one volume that a Job fills and all servers read.
 *
 * @public
 */
export const storageModeSchema = z.enum(['PerReplica', 'Shared']);

/** @public */
export type StorageMode = z.infer<typeof storageModeSchema>;

/**
 * What a form says of storage. Absent: `PerReplica`, and the cluster's default class.
 *
 * @public
 */
export const storageChoiceSchema = z.object({
  mode: storageModeSchema.optional(),
  className: dnsLabelSchema.optional(),
});

/** @public */
export type StorageChoice = z.infer<typeof storageChoiceSchema>;

/** A StorageClass as a form needs it. @public */
export const storageClassSchema = z.object({
  cluster: z.string(),
  name: z.string(),
  provisioner: z.string(),
  /** Claims that name no class get this one. */
  isDefault: z.boolean(),
  /** `Immediate` or `WaitForFirstConsumer`. */
  volumeBindingMode: z.string().optional(),
  allowVolumeExpansion: z.boolean(),
  /** What becomes of the volume when its claim goes: `Delete` or `Retain`. */
  reclaimPolicy: z.string().optional(),
  /** By the annotation `promptside.io/read-write-many` of the class, else by its provisioner. */
  readWriteMany: readWriteManySchema,
});

/** @public */
export type GenaiStorageClass = z.infer<typeof storageClassSchema>;

/** Answer of `GET /v1/storage-classes`. @public */
export const storageClassesResponseSchema = z.object({
  items: z.array(storageClassSchema),
  clusters: z.array(clusterStatusSchema),
});

/** @public */
export type StorageClassesResponse = z.infer<
  typeof storageClassesResponseSchema
>;

/** @public */
export const storageClassesQuerySchema = z.strictObject({
  cluster: clusterNameSchema.optional(),
});

/** @public */
export type StorageClassesQuery = z.infer<typeof storageClassesQuerySchema>;
