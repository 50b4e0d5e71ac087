import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import {
  asModelId,
  asRevision,
  flagValue,
} from '../servingRuntimes/commandLine';
import type { WorkloadFact } from './Fact';
import { asNamespaced, type NamespacedObject } from './identity';
import { linkOf, readConditions } from './projectWorkload';
import type { RawContainer } from './raw';
import { readAsks } from './readAsks';

interface RawInferenceService {
  spec?: {
    predictor?: {
      minReplicas?: number;
      model?: RawContainer & {
        modelFormat?: { name?: string };
        runtime?: string;
        storageUri?: string;
      };
    };
  };
  status?: {
    url?: string;
    address?: { url?: string };
    modelStatus?: {
      transitionStatus?: string;
      lastFailureInfo?: { reason?: string; message?: string };
    };
  };
}

/** KServe's InferenceService, by its predictor. */
export function projectInferenceService(
  raw: unknown,
): WorkloadFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { spec, status } = raw as RawInferenceService;
  const model = spec?.predictor?.model;
  const link = linkOf(object, 'inferenceservices', 'InferenceService');
  const asks = readAsks({ containers: model ? [model] : [] });
  const { creationTimestamp } = object.metadata;
  const failure = status?.modelStatus?.lastFailureInfo;
  const phase = status?.modelStatus?.transitionStatus;
  const url = status?.address?.url ?? status?.url;
  return {
    ...link,
    ...(creationTimestamp ? { createdAt: creationTimestamp } : {}),
    ...(asks.length > 0 ? { asks } : {}),
    serving: {
      runtime: 'kserve',
      ...readModel(object, model),
      // The Hugging Face runtime serves OpenAI's API under a prefix of its own; others speak KServe's protocols.
      ...(model?.modelFormat?.name === 'huggingface'
        ? { basePath: '/openai/v1', protocol: 'openai' as const }
        : { basePath: '', protocol: 'other' as const }),
    },
    // `status.observedGeneration` is copied from the Deployment or Knative Service, whose generations count otherwise.
    rollout: {
      ...(object.metadata.generation === undefined
        ? {}
        : { generation: object.metadata.generation }),
      desired: spec?.predictor?.minReplicas ?? 1,
      ready: 0,
      updated: 0,
      conditions: readConditions(object),
    },
    custom: {
      ...(phase ? { phase } : {}),
      ...(failure?.reason ? { reason: failure.reason } : {}),
      ...(failure?.message ? { message: failure.message } : {}),
      ...(url ? { url } : {}),
    },
  };
}

function readModel(
  object: NamespacedObject,
  model: (RawContainer & { storageUri?: string }) | undefined,
) {
  const words = model?.args ?? [];
  const [, path, storedRevision] =
    /^hf:\/\/([^:]+)(?::([0-9a-f]{40}))?$/.exec(model?.storageUri ?? '') ?? [];
  const modelId =
    object.metadata.annotations?.[ANNOTATIONS.model] ??
    asModelId(path) ??
    asModelId(flagValue(words, '--model_id', '--model-id'));
  const revision = asRevision(
    object.metadata.annotations?.[ANNOTATIONS.modelRevision] ??
      storedRevision ??
      flagValue(words, '--model_revision', '--model-revision'),
  );
  const servedName =
    flagValue(words, '--model_name', '--model-name') ?? object.metadata.name;
  return {
    ...(modelId ? { modelId } : {}),
    ...(revision ? { modelRevision: revision } : {}),
    servedName,
  };
}
