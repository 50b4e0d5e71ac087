import { z } from 'zod';
import { clusterNameSchema, dnsLabelSchema } from './names';

/**
 * How the manifests lie in the repository. `Kustomize` (default): a base, and an overlay of the cluster. `Helm`: a chart of the
 * service, with the values that a team changes.
 *
 * @public
 */
export const inferenceOutputSchema = z.enum(['Kustomize', 'Helm'], {
  error: 'must be "Kustomize" or "Helm"',
});

/** @public */
export type InferenceOutput = z.infer<typeof inferenceOutputSchema>;

/**
 * Address of a Git repository as Flux and Argo CD both take it.
 *
 * @public
 */
export const gitUrlSchema = z
  .string({ error: 'must be the address of a Git repository' })
  .max(300, 'must have at most 300 characters')
  .refine(
    url => !/^[a-z]+:\/\/[^/@]*:[^/@]*@/.test(url),
    'must not hold a password; name a Secret instead',
  )
  .regex(
    /^(https?:\/\/|ssh:\/\/([A-Za-z0-9._-]+@)?)[A-Za-z0-9]([-A-Za-z0-9.]*[A-Za-z0-9])?(:\d{1,5})?(\/[A-Za-z0-9._~-]+)+$/,
    'must be the address of a Git repository such as "https://github.com/acme/chat.git" or "ssh://git@github.com/acme/chat.git"',
  );

const git = {
  repoUrl: gitUrlSchema,
  /** Default `main`. */
  branch: z
    .string()
    .max(200, 'must have at most 200 characters')
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/,
      'must be the name of a branch',
    )
    .optional(),
  /** Folder of `inference.yaml` in the repository; absent: its root. */
  path: z
    .string()
    .max(200, 'must have at most 200 characters')
    .regex(
      /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/,
      'must be a folder below the root of the repository, such as "deploy/chat"',
    )
    .optional(),
};

const flux = {
  ...git,
  /** Namespace of the Flux objects; the service's own by default. */
  namespace: dnsLabelSchema.optional(),
  /** Account in that namespace whose rights Flux uses; without it those of its controller. */
  serviceAccountName: dnsLabelSchema.optional(),
  /** Secret in that namespace with the login to a private repository. */
  gitSecret: dnsLabelSchema.optional(),
};

/**
 * Who brings the manifests from the repository to the cluster. `None`, as without it: they are applied directly.
 *
 * @public
 */
export const inferenceDeliverySchema = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('None') }),
    z.strictObject({ kind: z.literal('FluxKustomization'), ...flux }),
    z.strictObject({ kind: z.literal('FluxHelmRelease'), ...flux }),
    z.strictObject({
      kind: z.literal('ArgoApplication'),
      ...git,
      /** Namespace of the Application; default `argocd`, where Argo CD looks. */
      namespace: dnsLabelSchema.optional(),
      /** Argo CD's project; default `default`. */
      project: dnsLabelSchema.optional(),
      /** Name of the cluster in Argo CD; absent: the one that Argo CD runs on. */
      destination: clusterNameSchema.optional(),
    }),
  ],
  {
    error: issue =>
      issue.code === 'invalid_union'
        ? 'must be "None", "FluxKustomization", "FluxHelmRelease" or "ArgoApplication"'
        : 'must have a kind: "None", "FluxKustomization", "FluxHelmRelease" or "ArgoApplication"',
  },
);

/** @public */
export type InferenceDelivery = z.infer<typeof inferenceDeliverySchema>;
