import { z } from 'zod';
import {
  clusterNameSchema,
  dnsLabelSchema,
  entityRefSchema,
  serviceNameSchema,
  storageSizeSchema,
} from './names';

const CRON_FIELD = String.raw`(?:\*|\?|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?)(?:\/[0-9]+)?`;
const SIX_FIELDS = new RegExp(
  `^${CRON_FIELD}(?:,${CRON_FIELD})*(?: ${CRON_FIELD}(?:,${CRON_FIELD})*){5}$`,
);

/** Engines that the golden path can make. @public */
export const madeStoreEngineSchema = z.enum(['chroma', 'pgvector', 'milvus']);

/** @public */
export type MadeStoreEngine = z.infer<typeof madeStoreEngineSchema>;

/** Backups of a CloudNativePG cluster. @public */
export const storeBackupPlanSchema = z
  .strictObject({
    /** Six fields, seconds first, as CloudNativePG takes them. */
    schedule: z
      .string()
      .max(100)
      .regex(SIX_FIELDS, 'must be a cron expression of six fields'),
    /** `plugin`: Barman Cloud to an object store, WAL too. `volumeSnapshot`: snapshots of the volumes. */
    method: z.enum(['plugin', 'volumeSnapshot']),
    /** ObjectStore of the Barman Cloud plugin in the same namespace. */
    objectStore: dnsLabelSchema.optional(),
    volumeSnapshotClassName: dnsLabelSchema.optional(),
  })
  .refine(
    ({ method, objectStore }) =>
      (method === 'plugin') === (objectStore !== undefined),
    'objectStore goes with the method plugin, and the plugin needs it',
  );

/**
 * The file `vector-store.yaml` that a person edits and keeps in the repository. Rendering it gives the manifests.
 *
 * @public
 */
export const vectorStoreSpecSchema = z.strictObject({
  apiVersion: z.literal('promptside.io/v1'),
  kind: z.literal('VectorStore'),
  metadata: z.strictObject({
    name: serviceNameSchema,
    description: z.string().max(500).optional(),
    /** Full ref of a Group. */
    owner: entityRefSchema,
    system: entityRefSchema.optional(),
  }),
  spec: z
    .strictObject({
      engine: madeStoreEngineSchema,
      target: z.strictObject({
        cluster: clusterNameSchema,
        namespace: dnsLabelSchema,
      }),
      /** pgvector: instances of PostgreSQL. Milvus: replicas of proxy and query node; more than one needs cluster mode. Chroma: 1. */
      replicas: z.number().int().min(1).max(9),
      storage: z.strictObject({
        size: storageSizeSchema,
        storageClassName: dnsLabelSchema.optional(),
        /** pgvector: volume of the write-ahead log. */
        walSize: storageSizeSchema.optional(),
      }),
      /** Namespaces beside its own whose pods may connect. */
      clients: z.array(dnsLabelSchema).max(50).optional(),
      /** pgvector alone. */
      backup: storeBackupPlanSchema.optional(),
      /** pgvector: PgBouncer before the primary. */
      pooler: z
        .strictObject({ instances: z.number().int().min(1).max(9) })
        .optional(),
    })
    .superRefine((spec, context) => {
      const { engine, replicas, storage, backup, pooler } = spec;
      const refuse = (path: string[], message: string) =>
        context.addIssue({ code: 'custom', path, message });
      if (engine === 'chroma' && replicas !== 1) {
        refuse(
          ['replicas'],
          'Chroma does not replicate: more replicas are more stores. Take 1, or pgvector or Milvus',
        );
      }
      if (engine === 'pgvector') return;
      if (backup) refuse(['backup'], 'only pgvector on CloudNativePG has it');
      if (pooler) refuse(['pooler'], 'only pgvector on CloudNativePG has it');
      if (storage.walSize) {
        refuse(['storage', 'walSize'], 'only PostgreSQL has it');
      }
    }),
});

/** @public */
export type VectorStoreSpec = z.infer<typeof vectorStoreSpecSchema>;
