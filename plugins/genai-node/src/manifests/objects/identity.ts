import {
  ANNOTATIONS,
  LABELS,
  MANAGED_BY,
  type InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import { engineOf } from '../../servingRuntimes/engineOf';

/** Golden path and its generation, written on what it renders. */
export const GOLDEN_PATH = 'gpu-inference-service/v1';

type Strings = { [key: string]: string };

/** Catalog entity of the service, as the golden path registers it. */
export function entityRefOf({ metadata }: InferenceSpec): string {
  return `component:default/${metadata.name}`;
}

/** Labels by which Service, policies and the Deployment find the pods. Never changed afterwards: selectors are immutable. */
export function selectorLabels(spec: InferenceSpec): Strings {
  return engineOf(spec).podSelector?.(spec.metadata.name) ?? nameLabels(spec);
}

function nameLabels(spec: InferenceSpec): Strings {
  return {
    [LABELS.name]: engineOf(spec).appName,
    [LABELS.instance]: spec.metadata.name,
  };
}

/** Labels of every object and of the pods. */
export function objectLabels(spec: InferenceSpec): Strings {
  return {
    ...nameLabels(spec),
    [LABELS.component]: 'model-server',
    [LABELS.managedBy]: MANAGED_BY,
    [LABELS.kubernetesId]: spec.metadata.name,
    [LABELS.purpose]: purposeOf(spec),
    [LABELS.runtime]: engineOf(spec).runtime,
  };
}

/** `embedding` for engines that serve nothing else. */
function purposeOf(spec: InferenceSpec): string {
  return engineOf(spec).tasks.includes('text-generation')
    ? 'inference'
    : 'embedding';
}

/** What the live state reads from the workload, and what else a person wants to find there. */
export function workloadAnnotations(spec: InferenceSpec): Strings {
  const { id, revision } = spec.spec.model;
  const { engine, servedName } = engineOf(spec);
  return {
    [ANNOTATIONS.model]: id,
    ...(revision ? { [ANNOTATIONS.modelRevision]: revision } : {}),
    // vLLM's command says it, and a pod template that changed for no reason would restart every server.
    ...(engine === 'vllm'
      ? {}
      : { [ANNOTATIONS.servedModel]: servedName(spec) }),
    [ANNOTATIONS.entityRef]: entityRefOf(spec),
    [ANNOTATIONS.owner]: spec.metadata.owner,
  };
}

/** What has Kueue admit the pods; on the workload and its pods, whichever of them Kueue is configured to watch. */
export function queueLabels({ spec }: InferenceSpec): Strings {
  const { queue } = spec.target;
  return queue ? { [LABELS.queue]: queue } : {};
}

/** Metadata of an object of the service. */
export function objectMeta(
  spec: InferenceSpec,
  options: { name?: string; annotations?: Strings; labels?: Strings } = {},
) {
  return {
    name: options.name ?? spec.metadata.name,
    namespace: spec.spec.target.namespace,
    labels: { ...options.labels, ...objectLabels(spec) },
    annotations: {
      ...options.annotations,
      [ANNOTATIONS.goldenPath]: GOLDEN_PATH,
    },
  };
}
