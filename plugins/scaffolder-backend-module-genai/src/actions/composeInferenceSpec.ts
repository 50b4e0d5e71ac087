import { InputError } from '@backstage/errors';
import {
  inferenceSpecSchema,
  type InferenceSpec,
  type Model,
  type ModelVariant,
  type StorageChoice,
} from '@promptside/backstage-plugin-genai-common';
import { modelCacheBytes } from '@promptside/backstage-plugin-genai-node';
import { composeDelivery, type DeliveryFormValues } from './composeDelivery';
import { parseInput } from './parseInput';
import { readPlanChoice } from './planChoice';

const GIB = 2 ** 30;

/** tokens; what the planner takes where nobody names a context */
const DEFAULT_CONTEXT_LENGTH = 8192;

/** What a form knows about the service to be. Texts may be empty, which means absent. */
export interface InferenceFormValues extends DeliveryFormValues {
  name: string;
  description?: string;
  owner: string;
  system?: string;
  /** Hugging Face id. */
  model: string;
  /** The plan's engine when absent. */
  engine?: string;
  image?: string;
  imagePullSecret?: string;
  authSecret?: string;
  /** The plan's cluster when absent. */
  cluster?: string;
  namespace: string;
  /** LocalQueue of Kueue; the plan's when absent. */
  queue?: string;
  replicas?: number;
  modelRevision?: string;
  modelFile?: string;
  servedName?: string;
  tokenSecret?: string;
  storageSize?: string;
  storageClassName?: string;
  storage?: { mode?: string; className?: string };
  accessMode?: string;
  deviceGroup?: number;
  clients?: string[];
  monitoringLabels?: Record<string, string>;
  autoscaling?: Record<string, unknown>;
  exposure?: Record<string, unknown>;
  /** `choice` of a plan. */
  choice?: unknown;
  /** Instead of a plan: the service runs on so many processor cores. */
  cpuCores?: number;
  /** Only with `cpuCores`; else the plan's. */
  contextLength?: number;
}

/** The part of the spec that follows from what it runs on. */
interface Hardware {
  engine: string;
  cluster?: string;
  queue?: string;
  contextLength: number;
  quantization?: Model['variants'][number]['quantization'];
  /** What the plan looked at. */
  storage?: StorageChoice;
  spec: Record<string, unknown>;
}

/**
 * Puts form values and the hardware that a plan chose into the spec that is kept in the repository.
 *
 * @param model - facts of the model; undefined for one outside the catalog, which then needs `storageSize`
 * @throws InputError that names each wrong field, and says how to get what is missing.
 */
export function composeInferenceSpec(
  values: InferenceFormValues,
  model: Model | undefined,
): InferenceSpec {
  const hardware = values.cpuCores
    ? onProcessorCores(values, values.cpuCores, model)
    : onChosenGpus(values, model);
  const cluster = values.cluster || hardware.cluster;
  if (!cluster) {
    throw new InputError('cluster: is missing, and the plan chose none');
  }
  if (model?.gated && !values.tokenSecret) {
    throw new InputError(
      `tokenSecret: ${model.id} is gated. Accept its licence at https://huggingface.co/${model.id}, create a Secret with the key HF_TOKEN in namespace "${values.namespace}", and give the Secret's name`,
    );
  }
  const { quantization } = hardware;
  const variant =
    model?.variants.find(v => v.quantization === quantization) ??
    model?.variants[0];

  const storage = values.storage ?? hardware.storage;
  const { mode } = storage ?? {};
  const shared = mode === 'Shared';

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
      engine: {
        name: hardware.engine,
        image: values.image || undefined,
        imagePullSecret: values.imagePullSecret || undefined,
        authSecret: values.authSecret || undefined,
      },
      model: {
        id: variant?.repository ?? model?.id ?? values.model,
        revision: revisionOf(values, model, variant),
        servedName: values.servedName || undefined,
        ...(quantization && quantization !== 'none' ? { quantization } : {}),
        file:
          values.modelFile ||
          (quantization === 'gguf' ? variant?.file : undefined),
        ...(values.tokenSecret
          ? { tokenSecret: { name: values.tokenSecret, key: 'HF_TOKEN' } }
          : {}),
      },
      target: {
        cluster,
        namespace: values.namespace,
        queue: values.queue || hardware.queue,
      },
      ...hardware.spec,
      contextLength: hardware.contextLength,
      replicas: values.replicas ?? 1,
      autoscaling: values.autoscaling,
      storage: {
        size: values.storageSize || cacheSize(variant, shared),
        storageClassName:
          values.storageClassName || storage?.className || undefined,
        accessMode: values.accessMode || undefined,
        // What is the default stays unwritten.
        mode: mode === 'PerReplica' ? undefined : mode || undefined,
      },
      exposure: values.exposure,
      clients: values.clients,
      ...(values.monitoringLabels
        ? { monitoring: { labels: values.monitoringLabels } }
        : {}),
      ...composeDelivery(values),
    },
  });
}

function onChosenGpus(
  values: InferenceFormValues,
  model: Model | undefined,
): Hardware {
  if (values.contextLength !== undefined) {
    throw new InputError(
      "contextLength: is the plan's; give it to the step genai:inference:plan",
    );
  }
  const choice = readPlanChoice(values.choice, {
    model: model?.id ?? values.model,
    engine: values.engine,
    cluster: values.cluster,
  });
  const { vendor, resource, gpuCount, product } = choice;
  return {
    engine: choice.engine,
    cluster: choice.cluster,
    queue: choice.queue,
    contextLength: choice.contextLength,
    quantization: choice.quantization,
    storage: choice.storage,
    spec: {
      accelerator: {
        vendor,
        resource,
        count: gpuCount,
        product,
        deviceGroup: values.deviceGroup,
      },
      // What the plan counted on, or the engine would find less room than was promised.
      kvCacheDtype: choice.kvCacheDtype,
      gpuMemoryUtilization: choice.gpuMemoryUtilization,
    },
  };
}

/** Plans count GPUs; a service without any has nothing to plan but host memory, which follows from the weights. */
function onProcessorCores(
  values: InferenceFormValues,
  cores: number,
  model: Model | undefined,
): Hardware {
  for (const field of ['choice', 'deviceGroup'] as const) {
    if (values[field] !== undefined) {
      throw new InputError(
        `${field}: is about GPUs; leave it out, or leave out cpuCores`,
      );
    }
  }
  if (!values.engine) {
    throw new InputError(
      'engine: is missing; name one that runs on processor cores, such as "llama-cpp" or "tei"',
    );
  }
  const edition = model?.variants.some(v => v.quantization === 'gguf');
  const gguf =
    (values.modelFile || (values.engine === 'llama-cpp' && edition)) && 'gguf';
  return {
    engine: values.engine,
    contextLength:
      values.contextLength ??
      Math.min(model?.contextLength ?? Infinity, DEFAULT_CONTEXT_LENGTH),
    // A catalog model's own GGUF edition; outside of the catalog the file says it.
    ...(gguf && model ? { quantization: gguf } : {}),
    spec: { cpu: { cores } },
  };
}

function revisionOf(
  values: InferenceFormValues,
  model: Model | undefined,
  variant: ModelVariant | undefined,
): string | undefined {
  if (values.modelRevision) return values.modelRevision;
  return variant?.repository ? variant.revision : model?.revision;
}

/** In a shared volume the next revision is downloaded while this one serves. */
function cacheSize(variant: ModelVariant | undefined, shared: boolean): string {
  if (!variant) {
    throw new InputError(
      'storageSize: is missing; the size of a model outside the catalog is not known',
    );
  }
  const revisions = shared ? 2 : 1;
  return `${Math.ceil(modelCacheBytes(variant.weightsBytes) / GIB) * revisions}Gi`;
}
