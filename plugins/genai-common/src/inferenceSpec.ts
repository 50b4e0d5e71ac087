import { z } from 'zod';
import {
  clusterNameSchema,
  dnsLabelSchema,
  entityRefSchema,
  modelIdSchema,
  queueNameSchema,
  revisionSchema,
  serviceNameSchema,
  storageSizeSchema,
} from './names';
import { acceleratorVendorSchema } from './gpus';
import { inferenceEngineSchema } from './inferencePlan';
import {
  inferenceDeliverySchema,
  inferenceOutputSchema,
} from './inferenceDelivery';
import { modelChecksumsSchema } from './modelChecksums';
import { ggufFileSchema, quantizationSchema } from './models';
import { storageModeSchema } from './storageClasses';

export * from './inferenceDelivery';

/**
 * The file `inference.yaml` that a person edits and keeps in the repository. Rendering it gives the manifests; rendering
 * it with a newer golden path gives the upgrade.
 *
 * @public
 */
export const inferenceSpecSchema = z.strictObject({
  apiVersion: z.literal('promptside.io/v1'),
  kind: z.literal('InferenceService'),
  metadata: z.strictObject({
    name: serviceNameSchema,
    description: z.string().max(500).optional(),
    /** Full ref of a Group. */
    owner: entityRefSchema,
    system: entityRefSchema.optional(),
  }),
  spec: z.strictObject({
    engine: z.strictObject({
      name: inferenceEngineSchema,
      /** `repository:tag`, never `latest`; absent: the golden path's pinned image. */
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
        )
        .optional(),
      /** Secret of type `kubernetes.io/dockerconfigjson` for a registry that asks for a login. */
      imagePullSecret: dnsLabelSchema.optional(),
      /** Secret with the key `NGC_API_KEY`; NIM alone asks for one. */
      authSecret: dnsLabelSchema.optional(),
    }),
    model: z.strictObject({
      id: modelIdSchema,
      revision: revisionSchema.optional(),
      servedName: z
        .string()
        .max(200)
        .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/)
        .optional(),
      quantization: quantizationSchema.optional(),
      /** File in the repository, for engines that load a single one: `model-Q4_K_M.gguf`. */
      file: ggufFileSchema.optional(),
      /** SHA-256 of files of the commit, by path; a Job that downloads them compares. Other files are not checked. */
      checksums: modelChecksumsSchema.optional(),
      /** Secret in the same namespace; only its name is kept, nobody reads it but the kubelet. */
      tokenSecret: z
        .strictObject({
          name: dnsLabelSchema,
          key: z.string().regex(/^[-._a-zA-Z0-9]{1,253}$/),
        })
        .optional(),
    }),
    target: z.strictObject({
      cluster: clusterNameSchema,
      namespace: dnsLabelSchema,
      /** LocalQueue of Kueue that admits the pods. */
      queue: queueNameSchema.optional(),
    }),
    /** Absent: the model runs on processor cores, see `cpu`; few engines can. */
    accelerator: z
      .strictObject({
        vendor: acceleratorVendorSchema,
        /** Extended resource. */
        resource: z
          .string()
          .regex(
            /^[a-z0-9.-]+\/[A-Za-z0-9._-]+$/,
            'must be an extended resource such as "nvidia.com/gpu"',
          ),
        /** GPUs a replica */
        count: z.number().int().min(1).max(64),
        /** Product label value; pods are bound to nodes with it. */
        product: z
          .string()
          .max(63)
          .regex(/^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/)
          .optional(),
        /** Group id that owns the device files on the nodes, where they are not open to all (`render` of AMD and Intel). */
        deviceGroup: z.number().int().min(1).max(2_147_483_647).optional(),
      })
      .optional(),
    /** Only without `accelerator`. */
    cpu: z.strictObject({ cores: z.number().int().min(1).max(256) }).optional(),
    /** tokens */
    contextLength: z.number().int().min(1).max(10_000_000),
    replicas: z.number().int().min(1).max(64),
    /** More replicas while requests wait, by KEDA; `replicas` is then the least. Never by processor load: a GPU's work does not show there. */
    autoscaling: z
      .strictObject({
        maxReplicas: z.number().int().min(2).max(64),
        /** Waiting requests a replica that call for one more; default 4. */
        waitingRequests: z.number().int().min(1).max(1000).optional(),
        /** Prometheus that scrapes the service, as KEDA reaches it. */
        prometheusUrl: z
          .string()
          .max(300)
          .regex(
            /^https?:\/\/[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:\d{1,5})?(\/[-A-Za-z0-9._~/]*)?$/,
            'must be an address such as "http://prometheus.monitoring.svc:9090"',
          ),
      })
      .optional(),
    gpuMemoryUtilization: z.number().min(0.1).max(0.99).optional(),
    kvCacheDtype: z.enum(['auto', 'fp8']).optional(),
    storage: z.strictObject({
      size: storageSizeSchema,
      storageClassName: dnsLabelSchema.optional(),
      /**
       * `ReadWriteMany`: all replicas share one cache; the storage class must offer it. `ReadWriteOnce` (default): one
       * claim for one replica; several replicas get a volume of their own each, which lives as long as the pod.
       */
      accessMode: z.enum(['ReadWriteOnce', 'ReadWriteMany']).optional(),
      /**
       * `PerReplica` (default): each server downloads the weights into its cache. `Shared`: a Job downloads the pinned commit
       * once into a `ReadWriteMany` volume, and the servers only read it, without a way to the hub.
       */
      mode: storageModeSchema.optional(),
    }),
    /** The endpoint outside the cluster. The engines ask nobody who they are: whoever reaches the host may use the model. */
    exposure: z
      .strictObject({
        host: z
          .string()
          .max(253)
          .regex(
            /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/,
            'must be a host name such as "chat.example.com"',
          ),
        /** Namespace of the gateway's or ingress controller's pods, which are then let in. */
        fromNamespace: dnsLabelSchema,
        /** Gateway API: an HTTPRoute at this Gateway. */
        gateway: z
          .strictObject({ name: dnsLabelSchema, namespace: dnsLabelSchema })
          .optional(),
        /** Without a Gateway an Ingress. */
        ingress: z
          .strictObject({
            className: dnsLabelSchema.optional(),
            /** Secret with certificate and key. */
            tlsSecret: dnsLabelSchema.optional(),
          })
          .optional(),
      })
      .refine(
        ({ gateway, ingress }) => !gateway !== !ingress,
        'must have either gateway or ingress',
      )
      .optional(),
    /** Namespaces besides the own one whose pods may call the endpoint. */
    clients: z.array(dnsLabelSchema).max(32).optional(),
    monitoring: z
      .strictObject({
        /** Labels by which the Prometheus operator selects ServiceMonitors, e.g. `release: kube-prometheus-stack`. */
        labels: z
          .record(
            z.string().regex(/^[A-Za-z0-9./_-]{1,253}$/),
            z.string().regex(/^[A-Za-z0-9._-]{0,63}$/),
          )
          .optional(),
        /** Namespace of the Prometheus that may scrape; default `monitoring`. */
        namespace: dnsLabelSchema.optional(),
      })
      .optional(),
    output: inferenceOutputSchema.optional(),
    delivery: inferenceDeliverySchema.optional(),
  }),
});

/** @public */
export type InferenceSpec = z.infer<typeof inferenceSpecSchema>;
