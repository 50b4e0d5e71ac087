import { z } from 'zod';
import { acceleratorVendorSchema } from './gpus';
import { knownEngineSchema } from './inferencePlan';
import { inferenceDeliverySchema, inferenceSpecSchema } from './inferenceSpec';
import {
  clusterNameSchema,
  dnsLabelSchema,
  entityRefSchema,
  modelIdSchema,
  queueNameSchema,
  revisionSchema,
  storageSizeSchema,
} from './names';

/** Frameworks of the RAG golden path. @public */
export const ragFrameworkSchema = z.enum([
  'langchain',
  'llama-index',
  'langchain-js',
]);

/** @public */
export type RagFramework = z.infer<typeof ragFrameworkSchema>;

/** Vector stores that a RAG service can stand on. @public */
export const ragStoreKindSchema = z.enum(['chroma', 'pgvector', 'milvus']);

/** @public */
export type RagStoreKind = z.infer<typeof ragStoreKindSchema>;

/** One line of print: what goes into a variable of the environment may not end it. */
const line = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line without control characters');

/** No user, no password, no query: secrets are given by reference. */
const webUrl = z
  .string()
  .max(300)
  .regex(
    /^https?:\/\/[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:\d{1,5})?(\/[-A-Za-z0-9._~/]*)?$/,
    'must be an address such as "http://chat.team-search.svc:8000/v1", without user and password',
  );

/** A key of a Secret in the service's namespace. Only the names are kept; the kubelet alone reads it. @public */
export const secretKeySchema = z.strictObject({
  name: dnsLabelSchema,
  key: z.string().regex(/^[-._a-zA-Z0-9]{1,253}$/, 'must be a key of a Secret'),
});

/** @public */
export type SecretKey = z.infer<typeof secretKeySchema>;

/** A PostgreSQL cluster of CloudNativePG that is made for the service. */
const postgresSchema = z.strictObject({
  /** 3 survive the loss of a node without losing a transaction. */
  instances: z.number().int().min(1).max(9),
  size: storageSizeSchema,
  storageClassName: dnsLabelSchema.optional(),
});

/** What cron in Kubernetes reads: five fields of numbers, names, steps, lists and ranges. */
const CRON_FIELD = String.raw`(?:\*|[0-9A-Za-z]+(?:-[0-9A-Za-z]+)?)(?:\/[0-9]+)?`;
const CRON = new RegExp(
  `^${CRON_FIELD}(?:,${CRON_FIELD})*(?: ${CRON_FIELD}(?:,${CRON_FIELD})*){4}$`,
);

/** Where the vectors are kept. @public */
export const ragStoreSchema = z
  .strictObject({
    kind: ragStoreKindSchema,
    /** Collection or table: the strictest store's rule, which the service checks too. */
    collection: z
      .string()
      .regex(
        /^[a-z][a-z0-9_]{2,47}$/,
        'must be 3 to 48 lower-case letters, digits and underscores, beginning with a letter',
      ),
    /** Catalog entity of a store that exists. */
    entityRef: entityRefSchema.optional(),
    /** Namespace of its pods; absent: read from the address, or the service's own. */
    namespace: dnsLabelSchema.optional(),
    /** Chroma and Milvus. */
    url: webUrl.optional(),
    /** pgvector: the whole connection string, with password. */
    urlSecret: secretKeySchema.optional(),
    /** Token of Milvus (`user:password`), or of a proxy before Chroma. */
    tokenSecret: secretKeySchema.optional(),
    /** A store is made for the service. */
    create: z
      .strictObject({
        replicas: z.number().int().min(1).max(9),
        size: storageSizeSchema,
        storageClassName: dnsLabelSchema.optional(),
      })
      .optional(),
  })
  .refine(
    ({ url, urlSecret, create }) =>
      [url, urlSecret, create].filter(Boolean).length === 1,
    'must have exactly one of url, urlSecret and create',
  )
  .refine(
    ({ kind, url, urlSecret }) => (kind === 'pgvector' ? !url : !urlSecret),
    'pgvector is reached by urlSecret (its address holds a password), Chroma and Milvus by url',
  );

/** @public */
export type RagStore = z.infer<typeof ragStoreSchema>;

/** Which model makes the vectors. @public */
export const ragEmbeddingSchema = z
  .strictObject({
    model: line(200),
    dimension: z.number().int().min(1).max(16_000),
    /** Tokens that the model reads; of a longer text it would not see the end. */
    maxTokens: z.number().int().min(32).max(131_072),
    api: z.enum(['tei', 'openai']),
    url: webUrl.optional(),
    apiKeySecret: secretKeySchema.optional(),
    entityRef: entityRefSchema.optional(),
    /** Words before each text, such as `query: ` of E5. */
    queryPrefix: line(200).optional(),
    passagePrefix: line(200).optional(),
    /** A server of Text Embeddings Inference is made for the service. */
    create: z
      .strictObject({
        revision: revisionSchema.optional(),
        accelerator: z.strictObject({
          vendor: acceleratorVendorSchema,
          resource: z
            .string()
            .regex(
              /^[a-z0-9.-]+\/[A-Za-z0-9._-]+$/,
              'must be an extended resource such as "nvidia.com/gpu"',
            ),
          product: z
            .string()
            .max(63)
            .regex(/^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/)
            .optional(),
        }),
        size: storageSizeSchema,
        storageClassName: dnsLabelSchema.optional(),
        /** Secret with the hub's token, for a gated model. */
        tokenSecret: secretKeySchema.optional(),
      })
      .optional(),
  })
  .refine(
    ({ url, create }) => !url !== !create,
    'must have either url or create',
  )
  .refine(
    ({ create, model }) => !create || modelIdSchema.safeParse(model).success,
    'model must look like "organisation/model" to be served by Text Embeddings Inference',
  )
  .refine(
    ({ create, api }) => !create || api === 'tei',
    'api of a server that is made is "tei"',
  );

/** @public */
export type RagEmbedding = z.infer<typeof ragEmbeddingSchema>;

const inference = inferenceSpecSchema.shape.spec.shape;

/** Engines that answer with text and need no chart of somebody else in the kustomization. @public */
export const ragLlmEngineSchema = knownEngineSchema.exclude(
  ['tei', 'tgi-substratus'],
  {
    error:
      'must be an engine that generates text and is not deployed by a chart of its own, such as "vllm"',
  },
);

/** A model server that is made for the service, as the path of inference makes one. Context and place are the service's. @public */
export const ragLlmServerSchema = z.strictObject({
  engine: inference.engine.extend({ name: ragLlmEngineSchema }),
  model: inference.model,
  /** LocalQueue of Kueue that admits the pods. */
  queue: queueNameSchema.optional(),
  accelerator: inference.accelerator,
  cpu: inference.cpu,
  replicas: inference.replicas,
  gpuMemoryUtilization: inference.gpuMemoryUtilization,
  kvCacheDtype: inference.kvCacheDtype,
  storage: inference.storage,
});

/** @public */
export type RagLlmServer = z.infer<typeof ragLlmServerSchema>;

/** Which model answers. @public */
export const ragLlmSchema = z
  .strictObject({
    /** Base of an OpenAI-compatible API, with `/v1`. */
    url: webUrl.optional(),
    /** As requests name it; of a server that is made, the model's id, and the engine says how it is named. */
    model: line(200),
    contextTokens: z.number().int().min(512).max(10_000_000),
    /** Kept free for the answer; default 1024. */
    maxAnswerTokens: z.number().int().min(16).max(1_000_000).optional(),
    apiKeySecret: secretKeySchema.optional(),
    entityRef: entityRefSchema.optional(),
    create: ragLlmServerSchema.optional(),
  })
  .refine(
    ({ url, create }) => !url !== !create,
    'must have either url or create',
  );

/** @public */
export type RagLlm = z.infer<typeof ragLlmSchema>;

/**
 * The file `rag.yaml` that a person edits and keeps in the repository. Rendering it gives the manifests; rendering it with a newer
 * golden path gives the upgrade.
 *
 * @public
 */
export const ragSpecSchema = z.strictObject({
  apiVersion: z.literal('promptside.io/v1'),
  kind: z.literal('RagService'),
  metadata: z.strictObject({
    /** At most 44 characters: a CronJob adds to the names of its Jobs, and derived names add more. */
    name: z
      .string()
      .min(2, 'must have at least 2 characters')
      .max(44, 'must have at most 44 characters')
      .regex(
        /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
        'must be lower-case letters, digits or "-", start with a letter and end with a letter or digit',
      ),
    description: z.string().max(500).optional(),
    /** Full ref of a Group. */
    owner: entityRefSchema,
    system: entityRefSchema.optional(),
  }),
  spec: z.strictObject({
    framework: ragFrameworkSchema,
    /** `repository:tag` that the repository's pipeline builds, never `latest`. */
    image: z
      .string()
      .max(255)
      .regex(
        /^[a-z0-9][a-z0-9._\-/:]*(:[A-Za-z0-9_][A-Za-z0-9._-]*|@sha256:[0-9a-f]{64})$/,
        'must be an image with a tag or digest',
      )
      .refine(
        image => !image.endsWith(':latest'),
        'must not use the tag "latest"',
      ),
    imagePullSecret: dnsLabelSchema.optional(),
    target: z.strictObject({
      cluster: clusterNameSchema,
      namespace: dnsLabelSchema,
    }),
    replicas: z.number().int().min(1).max(64),
    store: ragStoreSchema,
    embedding: ragEmbeddingSchema,
    llm: ragLlmSchema,
    /** Absent: the service remembers nothing. */
    history: z
      .strictObject({
        urlSecret: secretKeySchema.optional(),
        create: postgresSchema.optional(),
        retentionDays: z.number().int().min(1).max(3650).optional(),
        messages: z.number().int().min(0).max(200).optional(),
      })
      .refine(
        ({ urlSecret, create }) => !urlSecret !== !create,
        'must have either urlSecret or create',
      )
      .optional(),
    ingest: z.strictObject({
      /** Folders of the image, web pages, git repositories. */
      sources: z
        .array(
          z
            .string()
            .max(500)
            .regex(
              /^[^\s,\p{Cc}]+$/u,
              'must have no spaces, commas or control characters',
            ),
        )
        .min(1)
        .max(50),
      /** Cron with five fields, in UTC; absent: only the first run. */
      schedule: z
        .string()
        .max(100)
        .regex(
          CRON,
          'must be a cron expression with five fields such as "0 3 * * *"',
        )
        .optional(),
    }),
    retrieval: z
      .strictObject({
        chunkTokens: z.number().int().min(16).max(8192).optional(),
        /** What neighbouring chunks share; default a tenth of a chunk. */
        chunkOverlapTokens: z.number().int().min(0).max(4096).optional(),
        topK: z.number().int().min(1).max(100).optional(),
        minScore: z.number().min(-1).max(1).optional(),
      })
      .optional(),
    /** Key that callers must send as bearer token; without it whoever the NetworkPolicy lets in may ask. */
    apiKeySecret: secretKeySchema.optional(),
    /** Namespaces besides the own one whose pods may call the service. */
    clients: z.array(dnsLabelSchema).max(32).optional(),
    monitoring: z
      .strictObject({
        /** Labels by which the Prometheus operator selects ServiceMonitors. */
        labels: z
          .record(
            z
              .string()
              .regex(/^[A-Za-z0-9./_-]{1,253}$/)
              .refine(key => key !== '__proto__', 'is no label key'),
            z.string().regex(/^[A-Za-z0-9._-]{0,63}$/),
          )
          .optional(),
        /** Namespace of the Prometheus that may scrape; default `monitoring`. */
        namespace: dnsLabelSchema.optional(),
      })
      .optional(),
    /** Who brings the kustomization to the cluster; absent: it is applied directly. */
    delivery: inferenceDeliverySchema
      .refine(
        ({ kind }) => kind !== 'FluxHelmRelease',
        'a RAG service is a kustomization: choose "FluxKustomization"',
      )
      .optional(),
  }),
});

/** @public */
export type RagSpec = z.infer<typeof ragSpecSchema>;
