import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { asModelId, asRevision } from '../servingRuntimes/commandLine';
import { modelOfPreset } from '../servingRuntimes/kaito/presets';
import { recogniseServing } from '../servingRuntimes/recogniseServing';
import type { ServingFact, WorkloadFact } from './Fact';
import { asNamespaced, type NamespacedObject } from './identity';
import { linkOf, readConditions } from './projectWorkload';
import type { RawPodTemplate } from './raw';
import { readAsks } from './readAsks';
import { viewOf } from './WorkloadView';

/** As much of KAITO's Workspace as is read (kaito.sh/v1beta1, 0.12); its parts stand beside `metadata`, not in a `spec`. */
interface RawWorkspace {
  inference?: { preset?: { name?: string }; template?: RawPodTemplate };
  status?: { state?: string; targetNodeCount?: number };
}

const LABEL = 'kaito.sh/workspace';
const PORT = 5000;

/**
 * KAITO's Workspace, which makes a StatefulSet and a Service of its name. One that tunes a model serves nothing and is only a
 * link of owner chains.
 */
export function projectKaitoWorkspace(raw: unknown): WorkloadFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { inference, status } = raw as RawWorkspace;
  const link = linkOf(object, 'kaitoworkspaces', 'Workspace');
  if (!inference) return link;
  const { creationTimestamp, generation, name } = object.metadata;
  const asks = readAsks(inference.template?.spec);
  return {
    ...link,
    ...(creationTimestamp ? { createdAt: creationTimestamp } : {}),
    ...(asks.length > 0 ? { asks } : {}),
    serving: readServing(object, inference),
    rollout: {
      ...(generation === undefined ? {} : { generation }),
      // One server over as many pods as it needs nodes.
      desired: status?.targetNodeCount || 1,
      ready: 0,
      updated: 0,
      conditions: readConditions(object),
    },
    // The Service leads to the first pod alone, by the label that StatefulSets give their pods.
    podLabels: {
      [LABEL]: name,
      'statefulset.kubernetes.io/pod-name': `${name}-0`,
    },
    namedPorts: { http: PORT },
    custom: { ...(status?.state ? { phase: status.state } : {}) },
  };
}

function readServing(
  object: NamespacedObject,
  { preset, template }: NonNullable<RawWorkspace['inference']>,
): ServingFact {
  const { annotations = {} } = object.metadata;
  const own =
    template && recogniseServing(viewOf(template.spec, template.metadata));
  const modelId =
    annotations[ANNOTATIONS.model] ??
    asModelId(modelOfPreset(preset?.name)) ??
    own?.modelId;
  const modelRevision =
    asRevision(annotations[ANNOTATIONS.modelRevision]) ?? own?.modelRevision;
  const servedName =
    annotations[ANNOTATIONS.servedModel] ?? preset?.name ?? own?.servedName;
  const engine =
    own?.runtime ??
    (annotations['kaito.sh/runtime'] === 'transformers' ? undefined : 'vllm');
  return {
    runtime: 'kaito',
    ...(engine ? { engine } : {}),
    ...(own?.version ? { version: own.version } : {}),
    ...(modelId ? { modelId } : {}),
    ...(modelRevision ? { modelRevision } : {}),
    ...(servedName ? { servedName } : {}),
    port: PORT,
    basePath: own?.basePath ?? '/v1',
    protocol: own?.protocol ?? 'openai',
  };
}
