import {
  ANNOTATIONS,
  LABELS,
  servingRuntimeSchema,
} from '@promptside/backstage-plugin-genai-common';
import type { ServingFact } from '../facts/Fact';
import type { ContainerView, WorkloadView } from '../facts/WorkloadView';
import type { AddedServingRuntime } from './AddedServingRuntime';
import { kaitoRecogniser } from './kaito/recognise';
import { kserveRecogniser } from './kserve/recognise';
import { llamaCppRecogniser } from './llamaCpp/recognise';
import { nimRecogniser } from './nim/recognise';
import { ollamaRecogniser } from './ollama/recognise';
import type { ServingRuntimeRecogniser } from './ServingRuntimeRecogniser';
import { sglangRecogniser } from './sglang/recognise';
import { teiRecogniser } from './tei/recognise';
import { tgiRecogniser } from './tgi/recognise';
import { tritonRecogniser } from './triton/recognise';
import { vllmRecogniser } from './vllm/recognise';

/** Every runtime that is known by its looks. Triton stands before vLLM: its images carry vLLM as a backend. */
const RECOGNISERS: readonly ServingRuntimeRecogniser[] = [
  tritonRecogniser,
  vllmRecogniser,
  tgiRecogniser,
  teiRecogniser,
  sglangRecogniser,
  llamaCppRecogniser,
  ollamaRecogniser,
  kserveRecogniser,
  nimRecogniser,
  kaitoRecogniser,
];

/** Purposes that make a workload a model server even when its runtime is not known. */
const SERVING_PURPOSES = new Set(['inference', 'embedding']);

/**
 * What a pod template says of a model server; `undefined` when it is none. Our labels and annotations win over what image
 * and command tell: they are there for what cannot be read off, such as a model that lies in a volume. What an adopter
 * has added is tried first.
 */
export function recogniseServing(
  view: WorkloadView,
  added: readonly AddedServingRuntime[] = [],
): ServingFact | undefined {
  for (const runtime of added) {
    const container = view.containers.find(candidate =>
      runtime.matches(candidate),
    );
    if (container) return withClaims(view, readAdded(runtime, container));
  }
  for (const recogniser of RECOGNISERS) {
    const container = view.containers.find(candidate =>
      recogniser.matches(candidate),
    );
    if (!container) continue;
    return withClaims(view, {
      runtime: recogniser.runtime,
      ...(container.tag ? { version: container.tag } : {}),
      ...recogniser.read(container),
    });
  }
  const claimed = servingRuntimeSchema.safeParse(view.labels[LABELS.runtime]);
  if (!claimed.success && !SERVING_PURPOSES.has(view.labels[LABELS.purpose])) {
    return undefined;
  }
  const [container] = view.containers;
  const [port] = container?.ports ?? [];
  return withClaims(view, {
    runtime: claimed.success ? claimed.data : 'unknown',
    ...(port ? { port: port.port } : {}),
    basePath: '',
    protocol: 'other',
  });
}

function readAdded(
  { title, runtime = 'unknown', metrics, read }: AddedServingRuntime,
  container: ContainerView,
): ServingFact {
  return {
    runtime,
    title,
    ...(metrics ? { metrics } : {}),
    ...(container.tag ? { version: container.tag } : {}),
    ...read(container),
  };
}

function withClaims(view: WorkloadView, fact: ServingFact): ServingFact {
  const modelId = view.annotations[ANNOTATIONS.model];
  const modelRevision = view.annotations[ANNOTATIONS.modelRevision];
  const servedName = view.annotations[ANNOTATIONS.servedModel];
  return {
    ...fact,
    ...(modelId ? { modelId } : {}),
    ...(modelRevision ? { modelRevision } : {}),
    ...(servedName ? { servedName } : {}),
  };
}
