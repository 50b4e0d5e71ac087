import { z } from 'zod';

/**
 * RFC 1123 label: name of most Kubernetes objects and of a Namespace, at most 63 characters.
 *
 * @public
 */
export const dnsLabelSchema = z
  .string()
  .max(63, 'must have at most 63 characters')
  .regex(
    /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/,
    'must be lower-case letters, digits or "-", and start and end with a letter or digit',
  );

/** Size of a volume: a quantity of Kubernetes that is more than nothing, of whole bytes. @public */
export const storageSizeSchema = z
  .string()
  .regex(
    /^([1-9][0-9]*(\.[0-9]+)?|0\.[0-9]*[1-9][0-9]*)(k|[MGTPE]|[KMGTPE]i)?$/,
    'must be a Kubernetes quantity such as "40Gi"',
  );

/** Name of a LocalQueue of Kueue, as far as it can be the value of a label. @public */
export const queueNameSchema = z
  .string()
  .regex(
    /^[a-z0-9]([-a-z0-9.]{0,61}[a-z0-9])?$/,
    'must be the name of a LocalQueue: at most 63 lower-case letters, digits, "-" and "."',
  );

/**
 * Name of a service of ours. Also used as prefix of derived names (`-cache`, `-download`), hence 52 characters;
 * a Service may not start with a digit.
 *
 * @public
 */
export const serviceNameSchema = z
  .string()
  .min(2, 'must have at least 2 characters')
  .max(52, 'must have at most 52 characters')
  .regex(
    /^[a-z]([-a-z0-9]*[a-z0-9])?$/,
    'must be lower-case letters, digits or "-", start with a letter and end with a letter or digit',
  );

/**
 * Cluster name as the Kubernetes plugin's configuration has it.
 *
 * @public
 */
export const clusterNameSchema = z
  .string()
  .min(1)
  .max(253, 'must have at most 253 characters')
  .regex(
    /^[A-Za-z0-9]([-A-Za-z0-9_.:/]*[A-Za-z0-9])?$/,
    'must be a cluster name from the kubernetes configuration',
  );

/**
 * Hugging Face repository id, `organisation/name`.
 *
 * @public
 */
export const modelIdSchema = z
  .string()
  .max(200, 'must have at most 200 characters')
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]*\/[A-Za-z0-9][A-Za-z0-9._-]*$/,
    'must look like "organisation/model"',
  );

/**
 * Pinned model revision: the 40 hexadecimal digits of a commit, never a branch.
 *
 * @public
 */
export const revisionSchema = z
  .string()
  .regex(/^[0-9a-f]{40}$/, 'must be a 40-digit commit, not a branch or tag');

/**
 * Full entity ref in lower case, `kind:namespace/name`.
 *
 * @public
 */
export const entityRefSchema = z
  .string()
  .max(200)
  .regex(
    /^[a-z][a-z0-9-]*:[A-Za-z0-9][-A-Za-z0-9_.]*\/[A-Za-z0-9][-A-Za-z0-9_.]*$/,
    'must be a full entity ref such as "component:default/chat-llm"',
  );
