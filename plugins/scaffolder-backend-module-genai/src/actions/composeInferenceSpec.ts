import { InputError } from '@backstage/errors';
import {
  inferenceSpecSchema,
  planCandidateSchema,
  type InferenceSpec,
  type Model,
} from '@promptside/backstage-plugin-genai-common';
import { modelCacheBytes } from '@promptside/backstage-plugin-genai-node';
import { parseInput } from './parseInput';

const GIB = 2 ** 30;

/** What a form knows about the service to be. */
export interface InferenceFormValues {
  name: string;
  description?: string;
  owner: string;
  system?: string;
  /** The plan's cluster when absent. */
  cluster?: string;
  namespace: string;
  replicas?: number;
  modelRevision?: string;
  tokenSecret?: string;
  storageSize?: string;
  storageClassName?: string;
  clients?: string[];
  monitoringLabels?: Record<string, string>;
  /** `choice` of a plan. */
  choice?: unknown;
}

/**
 * Puts form values and the hardware that a plan chose into the spec that is kept in the repository.
 *
 * @throws InputError that names each wrong field, and says how to get what is missing.
 */
export function composeInferenceSpec(
  values: InferenceFormValues,
  model: Model,
): InferenceSpec {
  const choice = planCandidateSchema.safeParse(values.choice);
  if (!choice.success) {
    throw new InputError(
      'choice: give the output "choice" of a step genai:inference:plan',
    );
  }
  const cluster = values.cluster || choice.data.cluster;
  if (!cluster) {
    throw new InputError('cluster: is missing, and the plan chose none');
  }
  if (choice.data.cluster && choice.data.cluster !== cluster) {
    throw new InputError(
      `cluster: "${cluster}" is not the cluster "${choice.data.cluster}" that the plan was made for`,
    );
  }
  if (model.gated && !values.tokenSecret) {
    throw new InputError(
      `tokenSecret: ${model.id} is gated. Accept its licence at https://huggingface.co/${model.id}, create a Secret with the key HF_TOKEN in namespace "${values.namespace}", and give the Secret's name`,
    );
  }
  const { vendor, resource, gpuCount, product, quantization, contextLength } =
    choice.data;
  const variant =
    model.variants.find(v => v.quantization === quantization) ??
    model.variants[0];
  const cacheGib = Math.ceil(modelCacheBytes(variant.weightsBytes) / GIB);

  return parseInput(inferenceSpecSchema, {
    apiVersion: 'promptside.io/v1',
    kind: 'InferenceService',
    metadata: {
      name: values.name,
      description: values.description || undefined,
      owner: values.owner,
      system: values.system || undefined,
    },
    spec: {
      engine: { name: 'vllm' },
      model: {
        id: variant.repository ?? model.id,
        revision:
          values.modelRevision ||
          (variant.repository ? variant.revision : model.revision),
        ...(quantization === 'none' ? {} : { quantization }),
        ...(values.tokenSecret
          ? { tokenSecret: { name: values.tokenSecret, key: 'HF_TOKEN' } }
          : {}),
      },
      target: { cluster, namespace: values.namespace },
      accelerator: { vendor, resource, count: gpuCount, product },
      contextLength,
      // What the plan counted on, or the engine would find less room than was promised.
      kvCacheDtype: choice.data.kvCacheDtype,
      gpuMemoryUtilization: choice.data.gpuMemoryUtilization,
      replicas: values.replicas ?? 1,
      storage: {
        size: values.storageSize || `${cacheGib}Gi`,
        storageClassName: values.storageClassName || undefined,
      },
      clients: values.clients,
      ...(values.monitoringLabels
        ? { monitoring: { labels: values.monitoringLabels } }
        : {}),
    },
  });
}
