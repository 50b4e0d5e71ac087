import { LABELS } from '@promptside/backstage-plugin-genai-common';
import { hashText } from '../seed/random';
import { ContainerProgram, ProgramExit } from '../sim/kubelet/ContainerProgram';
import { Container, Node, Pod } from '../sim/kubeTypes';
import { containerRequests } from '../sim/podResources';
import { quantityOrZero } from '../sim/quantities';
import { deviceMemoryMiB } from './gpuDevices';
import { flagValue, modelOf, weightsGiB } from './modelFacts';
import { openAiEngineOf } from './openAiEngines';
import { acceleratorResource, servingKind } from './servingKind';

/** Size in bytes, rounded; what is no engine is small. */
const TEI_IMAGE_BYTES = 1_700_000_000;
const SMALL_IMAGE_BYTES = 180_000_000;

/** Speeds of the demo: a person watches each step and does not wait for minutes. */
const PULL_BYTES_PER_MS = 2_000_000;
const FIRST_PULL_MS = 800;
const LOAD_GIB_PER_S = 20;
const ENGINE_START_MS = 5_000;
const LONGEST_LOAD_MS = 15_000;
const JOB_MS = 4_000;
/** A RAG service is ready when its collection is there, which its first ingestion makes. */
const RAG_START_MS = 3 * JOB_MS;
/** Long enough to be seen as a stage of its own. */
const DOWNLOAD_MS = 8_000;

/** Spread of ±10 %, always the same for the same pod. */
const spread = (pod: Pod, ms: number) =>
  Math.round(ms * (0.9 + (hashText(pod.metadata.uid ?? '') % 200) / 1000));

const pullError = (image: string): string | undefined => {
  const [registry] = image.split('/');
  const isUnreachable =
    image.includes('/') && /(^|\.)(invalid|example)(:\d+)?$/.test(registry);
  if (isUnreachable) {
    return `failed to resolve reference "${image}": failed to do request: Head "https://${registry}/v2/": dial tcp: lookup ${registry}: no such host`;
  }
  return /:(does-not-exist|missing|unknown)$/.test(image)
    ? `failed to resolve reference "${image}": ${image}: not found`
    : undefined;
};

/** What PyTorch says when weights do not fit. */
const outOfMemory = (wantedGiB: number, totalGiB: number) => {
  const freeMiB = 118;
  const usedGiB = totalGiB - freeMiB / 1024;
  return [
    'ERROR [core.py] EngineCore failed to start.',
    `torch.OutOfMemoryError: CUDA out of memory. Tried to allocate ${Math.min(wantedGiB / 64, 1.2).toFixed(2)} GiB. GPU 0 has a total capacity of ${totalGiB.toFixed(2)} GiB of which ${freeMiB}.00 MiB is free. Including non-PyTorch memory, this process has ${usedGiB.toFixed(2)} GiB memory in use.`,
    'RuntimeError: Engine core initialization failed. See root cause above.',
  ].join('\n');
};

const engineExit = (
  pod: Pod,
  container: Container,
  node: Node | undefined,
): ProgramExit | undefined => {
  const resource = acceleratorResource(container);
  const model = modelOf(pod, container);
  const memoryMiB = node && resource && deviceMemoryMiB(node, resource);
  if (!resource || !model || !memoryMiB) {
    return undefined;
  }
  const devices = quantityOrZero(containerRequests(container)[resource]);
  const parallel = Number(
    flagValue(container, '--tensor-parallel-size') ?? devices,
  );
  if (parallel > devices) {
    return {
      afterMs: ENGINE_START_MS,
      exitCode: 1,
      reason: 'Error',
      message: `RuntimeError: World size (${parallel}) is larger than the number of available GPUs (${devices}) in this node.`,
    };
  }
  const perDeviceGiB =
    weightsGiB(model, flagValue(container, '--quantization')) / parallel;
  const totalGiB = memoryMiB / 1024;
  const share = Number(flagValue(container, '--gpu-memory-utilization') ?? 0.9);
  return perDeviceGiB > totalGiB * share
    ? {
        afterMs: ENGINE_START_MS + 3_000,
        exitCode: 1,
        reason: 'Error',
        message: outOfMemory(perDeviceGiB, totalGiB),
      }
    : undefined;
};

const variableOf = (container: Container, name: string) =>
  container.env?.find(variable => variable.name === name)?.value;

/** The container of the golden path that fills a shared volume. */
const isDownload = (container: Container) =>
  variableOf(container, 'WEIGHTS_REPOSITORY') !== undefined;

const isRag = (pod: Pod) => pod.metadata.labels?.[LABELS.purpose] === 'rag';

const isBatch = (pod: Pod) =>
  pod.metadata.ownerReferences?.some(({ kind }) => kind === 'Job') ?? false;

/**
 * What a container does on a node: model servers load for as long as their weights are large and die when these do not
 * fit, Jobs and init containers end after a while, everything else serves at once.
 */
export function programOf(
  pod: Pod,
  container: Container,
  node: Node | undefined,
): ContainerProgram {
  const engine = openAiEngineOf(container);
  const isTei = servingKind(container) === 'tei';
  const imageBytes =
    engine?.imageBytes ??
    (isTei
      ? TEI_IMAGE_BYTES
      : SMALL_IMAGE_BYTES + (hashText(container.image) % 90_000_000));
  const model = modelOf(pod, container);
  const isEngine = engine !== undefined || isTei;
  const loadMs =
    isEngine && model
      ? Math.min(
          LONGEST_LOAD_MS,
          ENGINE_START_MS + (weightsGiB(model) / LOAD_GIB_PER_S) * 1000,
        )
      : isRag(pod)
        ? RAG_START_MS
        : 600;
  const isInit = pod.spec.initContainers?.some(
    ({ name, restartPolicy }) =>
      name === container.name && restartPolicy !== 'Always',
  );
  let exit: ProgramExit | undefined;
  if (isInit || isBatch(pod)) {
    exit = {
      afterMs: spread(pod, isDownload(container) ? DOWNLOAD_MS : JOB_MS),
      exitCode: 0,
      reason: 'Completed',
    };
  } else if (engine) {
    exit = engineExit(pod, container, node);
  }
  return {
    pullMs: spread(pod, FIRST_PULL_MS + imageBytes / PULL_BYTES_PER_MS),
    imageBytes,
    pullError: pullError(container.image),
    // What is going to fail never gets as far as serving.
    loadMs: exit?.exitCode ? 2 * exit.afterMs : spread(pod, loadMs),
    exit,
    waitsForJob: isInit ? variableOf(container, 'WEIGHTS_JOB') : undefined,
    stopMs: isEngine ? 3_000 : 1_000,
  };
}
