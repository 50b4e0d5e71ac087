import { formatTime } from '../sim/Cluster';
import { Container, ContainerStatus, Node, Pod } from '../sim/kubeTypes';
import { modelOf, weightsGiB } from './modelFacts';
import { openAiEngineOf } from './openAiEngines';
import { programOf } from './programs';

interface Line {
  /** After the start of the container, in simulated ms. */
  atMs: number;
  text: string;
}

const engineLines = (
  pod: Pod,
  container: Container,
  loadMs: number,
): Line[] => {
  const model = modelOf(pod, container) ?? 'model';
  const gib = weightsGiB(model);
  return [
    {
      atMs: 0,
      text: `INFO [api_server.py] ${openAiEngineOf(container)?.title} API server, model ${model} (simulated)`,
    },
    { atMs: 900, text: 'INFO [core.py] Initializing a V1 LLM engine' },
    {
      atMs: 2_000,
      text: `INFO [gpu_model_runner.py] Starting to load model ${model}...`,
    },
    {
      atMs: loadMs * 0.8,
      text: `INFO [gpu_model_runner.py] Model loading took ${gib.toFixed(4)} GiB and ${((loadMs * 0.8) / 1000).toFixed(6)} seconds`,
    },
    { atMs: loadMs, text: 'INFO: Application startup complete.' },
  ];
};

const linesOf = (
  pod: Pod,
  container: Container,
  node: Node | undefined,
): Line[] => {
  const program = programOf(pod, container, node);
  const lines: Line[] = openAiEngineOf(container)
    ? engineLines(pod, container, program.loadMs)
    : [
        { atMs: 0, text: `${container.name} started (simulated)` },
        { atMs: program.loadMs, text: `${container.name} is up` },
      ];
  const { exit } = program;
  return exit
    ? [
        ...lines.filter(({ atMs }) => atMs < exit.afterMs),
        ...(
          exit.message ?? `${container.name} ended with code ${exit.exitCode}`
        )
          .split('\n')
          .map(text => ({ atMs: exit.afterMs, text })),
      ]
    : lines;
};

const startedAt = ({ state, lastState }: ContainerStatus): number =>
  Date.parse(
    state.running?.startedAt ??
      state.terminated?.startedAt ??
      lastState.terminated?.startedAt ??
      '',
  );

/**
 * The log of a container as far as it has come, or of its last run while it waits for a restart. Empty for one that was
 * never started.
 */
export function podLogText(options: {
  pod: Pod;
  container: string;
  node: Node | undefined;
  now: number;
  pace: (simulatedMs: number) => number;
}): string {
  const { pod, node, now, pace } = options;
  const container = [
    ...pod.spec.containers,
    ...(pod.spec.initContainers ?? []),
  ].find(({ name }) => name === options.container);
  const status = [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
  ].find(({ name }) => name === options.container);
  const start = status ? startedAt(status) : NaN;
  if (!container || Number.isNaN(start)) {
    return '';
  }
  const reached = status?.state.running ? now : Infinity;
  return linesOf(pod, container, node)
    .map(({ atMs, text }) => ({ at: start + pace(atMs), text }))
    .filter(({ at }) => at <= reached)
    .map(({ at, text }) => `${formatTime(at)} ${text}\n`)
    .join('');
}
