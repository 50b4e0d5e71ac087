import {
  ANNOTATIONS,
  type ServingRuntime,
} from '@promptside/backstage-plugin-genai-common';
import { asModelId, asRevision } from '../servingRuntimes/commandLine';
import type { WorkloadFact } from './Fact';
import { asNamespaced } from './identity';
import { linkOf } from './projectWorkload';

/** As much of KubeAI's Model as is read (kubeai.org/v1, 0.22); it has no conditions. */
interface RawModel {
  spec?: {
    url?: string;
    engine?: string;
    image?: string;
    replicas?: number;
    minReplicas?: number;
  };
  status?: { replicas?: { all?: number; ready?: number } };
}

/** What runs behind KubeAI's names, as far as it is known here, with its port. */
const ENGINES: Readonly<
  Record<string, { engine: ServingRuntime; port: number }>
> = {
  VLLM: { engine: 'vllm', port: 8000 },
  OLlama: { engine: 'ollama', port: 8000 },
};

/**
 * KubeAI's Model. Its pods belong to it directly; clients reach them by KubeAI's proxy, which has one Service for all models of
 * its namespace and tells them apart by the name of the Model.
 */
export function projectKubeAiModel(raw: unknown): WorkloadFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { spec, status } = raw as RawModel;
  const {
    annotations = {},
    creationTimestamp,
    generation,
    name,
  } = object.metadata;
  const [, path] = /^hf:\/\/([^?]+)/.exec(spec?.url ?? '') ?? [];
  const modelId = annotations[ANNOTATIONS.model] ?? asModelId(path);
  const modelRevision = asRevision(annotations[ANNOTATIONS.modelRevision]);
  const known = ENGINES[spec?.engine ?? ''];
  const [, tag] = /:([^:/@]+)$/.exec(spec?.image ?? '') ?? [];
  return {
    ...linkOf(object, 'kubeaimodels', 'Model'),
    ...(creationTimestamp ? { createdAt: creationTimestamp } : {}),
    serving: {
      runtime: 'kubeai',
      ...(known ? { engine: known.engine, port: known.port } : {}),
      ...(tag ? { version: tag } : {}),
      ...(modelId ? { modelId } : {}),
      ...(modelRevision ? { modelRevision } : {}),
      servedName: name,
      basePath: '/openai/v1',
      protocol: 'openai',
    },
    rollout: {
      ...(generation === undefined ? {} : { generation }),
      // KubeAI writes the number itself; before it has, the least it will keep.
      desired: spec?.replicas ?? spec?.minReplicas ?? 0,
      ready: status?.replicas?.ready ?? 0,
      updated: 0,
      conditions: [],
    },
    podLabels: { app: 'model', model: name },
    proxy: { label: 'app.kubernetes.io/name', value: 'kubeai' },
  };
}
