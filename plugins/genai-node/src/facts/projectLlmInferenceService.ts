import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import {
  asModelId,
  asRevision,
  flagValue,
} from '../servingRuntimes/commandLine';
import type { WorkloadFact } from './Fact';
import { asNamespaced } from './identity';
import { linkOf, readConditions } from './projectWorkload';
import type { RawPodSpec } from './raw';
import { readAsks } from './readAsks';
import { viewOf } from './WorkloadView';

/** As much of KServe's LLMInferenceService as is read (serving.kserve.io/v1alpha2, 0.20). */
interface RawLlmInferenceService {
  spec?: {
    model?: { uri?: string; name?: string };
    replicas?: number;
    scaling?: { minReplicas?: number };
    template?: RawPodSpec;
  };
  status?: {
    observedGeneration?: number;
    url?: string;
    address?: { url?: string };
    addresses?: { url?: string }[];
  };
}

const PORT = 8000;

/**
 * KServe's LLMInferenceService: a Deployment `<name>-kserve` with vLLM from llm-d, or a LeaderWorkerSet over several nodes,
 * behind a gateway or the Service of the workload.
 */
export function projectLlmInferenceService(
  raw: unknown,
): WorkloadFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { spec, status } = raw as RawLlmInferenceService;
  const {
    annotations = {},
    creationTimestamp,
    generation,
    name,
  } = object.metadata;
  const asks = readAsks(spec?.template);
  const main = viewOf(spec?.template).containers.find(
    container => container.name === 'main',
  );
  const [, path, stored] =
    /^hf:\/\/([^:]+)(?::([0-9a-f]{40}))?$/.exec(spec?.model?.uri ?? '') ?? [];
  const modelId = annotations[ANNOTATIONS.model] ?? asModelId(path);
  const modelRevision = asRevision(
    annotations[ANNOTATIONS.modelRevision] ??
      stored ??
      flagValue(main?.words ?? [], '--revision'),
  );
  const url =
    status?.url ?? status?.address?.url ?? status?.addresses?.[0]?.url;
  return {
    ...linkOf(object, 'llminferenceservices', 'LLMInferenceService'),
    ...(creationTimestamp ? { createdAt: creationTimestamp } : {}),
    ...(asks.length > 0 ? { asks } : {}),
    serving: {
      runtime: 'kserve',
      engine: 'vllm',
      ...(main?.tag ? { version: main.tag } : {}),
      ...(modelId ? { modelId } : {}),
      ...(modelRevision ? { modelRevision } : {}),
      servedName: spec?.model?.name ?? name,
      port: PORT,
      basePath: '/v1',
      protocol: 'openai',
    },
    rollout: {
      ...(generation === undefined ? {} : { generation }),
      ...(status?.observedGeneration === undefined
        ? {}
        : { observedGeneration: status.observedGeneration }),
      desired: spec?.replicas ?? spec?.scaling?.minReplicas ?? 1,
      ready: 0,
      updated: 0,
      conditions: readConditions(object),
    },
    podLabels: {
      'app.kubernetes.io/part-of': 'llminferenceservice',
      'app.kubernetes.io/name': name,
      'kserve.io/component': 'workload',
    },
    custom: { ...(url ? { url } : {}) },
  };
}
