import {
  ANNOTATIONS,
  DOWNLOAD_COMPONENT,
  LABELS,
} from '@promptside/backstage-plugin-genai-common';
import { recogniseServing } from '../servingRuntimes/recogniseServing';
import type { AddedKnowledge } from '../state/AddedKnowledge';
import { recogniseStore } from '../vectorStores/recogniseStore';
import { readClaim, readController } from './claims';
import type { ContainerFact, PodFact, TerminationFact } from './Fact';
import { asNamespaced, identityOf } from './identity';
import { intern } from './intern';
import type { RawContainerStatus, RawObject, RawTermination } from './raw';
import { readAsks } from './readAsks';
import { answersForRag } from './readRag';
import { viewOf } from './WorkloadView';

/** Labels that operators put on the pods of their model servers and vector stores. */
const SERVER_LABELS = ['serving.kserve.io/inferenceservice'];
const STORE_LABELS = ['cnpg.io/cluster'];
/** Messages of container ends may carry the tail of a log. */
const MESSAGE_LENGTH = 1024;
const PHASES = new Set(['Pending', 'Running', 'Succeeded', 'Failed']);

/**
 * A pod that asks for accelerators, serves a model, is a vector store or answers for a RAG service. Any other pod, the great majority of a cluster,
 * leaves nothing: not its environment, not its volumes, not its name.
 */
export function projectPod(
  raw: unknown,
  { servingRuntimes, vectorStores }: AddedKnowledge = {},
): PodFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { metadata, spec, status } = object;
  const asks = readAsks(spec);
  const labels = metadata.labels ?? {};
  const view = viewOf(spec, metadata);
  const downloads = labels[LABELS.component] === DOWNLOAD_COMPONENT;
  const serves =
    downloads ||
    SERVER_LABELS.some(key => key in labels) ||
    recogniseServing(view, servingRuntimes) !== undefined;
  const stores =
    STORE_LABELS.some(key => key in labels) ||
    recogniseStore(view, undefined, {}, vectorStores) !== undefined;
  const rag = answersForRag(labels);
  if (asks.length === 0 && !serves && !stores && !rag) return undefined;

  const controller = readController(metadata);
  const model = metadata.annotations?.[ANNOTATIONS.model];
  const scheduled = findCondition(object, 'PodScheduled');
  const phase = status?.phase ?? '';
  return {
    resource: 'pods',
    ...identityOf(object),
    ...readClaim(metadata),
    phase: PHASES.has(phase) ? (intern(phase) as PodFact['phase']) : 'Unknown',
    ...(spec?.nodeName ? { node: intern(spec.nodeName) } : {}),
    ...(metadata.deletionTimestamp ? { deleting: true } : {}),
    ready: findCondition(object, 'Ready')?.status === 'True',
    ...(controller ? { controller } : {}),
    asks,
    ...(serves ? { serves } : {}),
    ...(downloads ? { downloads } : {}),
    ...(stores ? { stores } : {}),
    ...(rag ? { rag } : {}),
    ...(model ? { model: intern(model) } : {}),
    ...(scheduled?.status === 'True' && scheduled.lastTransitionTime
      ? { scheduledAt: scheduled.lastTransitionTime }
      : {}),
    ...(scheduled?.status === 'False'
      ? { unschedulable: words(scheduled) }
      : {}),
    ...words(status ?? {}),
    containers: readContainers(object),
  };
}

function findCondition(object: RawObject, wanted: string) {
  return object.status?.conditions?.find(({ type }) => type === wanted);
}

/** Reason and message of whatever has them. */
function words(source: { reason?: string; message?: string }) {
  return {
    ...(source.reason ? { reason: intern(source.reason) } : {}),
    ...(source.message
      ? { message: intern(source.message.slice(0, MESSAGE_LENGTH)) }
      : {}),
  };
}

function readContainers({ spec, status }: RawObject): ContainerFact[] {
  const sidecars = new Set(
    (spec?.initContainers ?? [])
      .filter(({ restartPolicy }) => restartPolicy === 'Always')
      .map(({ name }) => name),
  );
  return [
    ...(status?.initContainerStatuses ?? []).map(container =>
      readContainer(
        container,
        sidecars.has(container.name) ? 'sidecar' : 'init',
      ),
    ),
    ...(status?.containerStatuses ?? []).map(container =>
      readContainer(container, 'main'),
    ),
  ].filter(isNews);
}

/** Ready ones that never restarted and finished init containers tell nothing. */
function isNews(container: ContainerFact): boolean {
  if (container.role === 'init' && container.terminated?.exitCode === 0) {
    return false;
  }
  return !container.ready || container.restartCount > 0;
}

function readContainer(
  raw: RawContainerStatus,
  role: ContainerFact['role'],
): ContainerFact {
  const { waiting, running, terminated } = raw.state ?? {};
  const last = raw.lastState?.terminated;
  return {
    name: intern(raw.name ?? ''),
    role,
    ready: raw.ready === true,
    running: running !== undefined,
    restartCount: raw.restartCount ?? 0,
    ...(waiting ? { waiting: words(waiting) } : {}),
    ...(terminated ? { terminated: readTermination(terminated) } : {}),
    ...(last ? { lastTerminated: readTermination(last) } : {}),
  };
}

function readTermination(raw: RawTermination): TerminationFact {
  return {
    ...words(raw),
    ...(raw.exitCode === undefined ? {} : { exitCode: raw.exitCode }),
    ...(raw.finishedAt ? { finishedAt: raw.finishedAt } : {}),
  };
}
