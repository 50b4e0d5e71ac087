import { Cluster } from '../sim/Cluster';
import { Container, Pod } from '../sim/kubeTypes';
import { PodServer, PodServers } from '../proxy/PodServers';
import { amdMetrics } from './amdExporter';
import { dcgmMetrics } from './dcgmExporter';
import { AssignedDevice, createDeviceAssignments } from './DeviceAssignments';
import { EXPOSITION_TYPE } from './exposition';
import { sendText } from './httpAnswers';
import { flagValue } from './modelFacts';
import { enginePort, openAiEngineOf } from './openAiEngines';
import { createOpenAiServer } from './openAiServer';
import { programOf } from './programs';
import { ServingKind, servingKind } from './servingKind';
import { createTeiServer } from './teiServer';
import { createKubeAiProxy } from './kubeAiProxy';
import { xpuMetrics } from './xpuManager';

type ExporterKind = 'dcgm-exporter' | 'amd-exporter' | 'xpumanager';

/** What an exporter reports of its node's devices at a time. */
type Exposition = (
  devices: AssignedDevice[],
  node: string,
  now: number,
) => string;

const EXPORTERS: Record<ExporterKind, Exposition> = {
  'dcgm-exporter': dcgmMetrics,
  'amd-exporter': amdMetrics,
  xpumanager: xpuMetrics,
};

const DEFAULT_PORTS: Record<ServingKind, number> = {
  kubeai: 8000,
  tei: 80,
  'dcgm-exporter': 9400,
  'amd-exporter': 5000,
  xpumanager: 29999,
};

const portOf = (container: Container, kind: ServingKind) =>
  Number(flagValue(container, '--port') ?? DEFAULT_PORTS[kind]);

/** Whether a container's process listens already: it runs and has loaded. */
const listens = (
  cluster: Cluster,
  pace: (simulatedMs: number) => number,
  pod: Pod,
  container: Container,
): boolean => {
  const status = pod.status?.containerStatuses?.find(
    ({ name }) => name === container.name,
  );
  if (!status?.state.running) {
    return false;
  }
  const node = cluster.get('nodes', undefined, pod.spec.nodeName ?? '');
  const startedAt = Date.parse(status.state.running.startedAt);
  const { loadMs, exit } = programOf(pod, container, node);
  const dies = exit !== undefined && exit.afterMs <= loadMs;
  return !dies && cluster.clock.now() >= startedAt + pace(loadMs);
};

/**
 * Puts the simulated exporters and model servers behind the ports of their pods. A server that still loads does not listen
 * yet, so the API server's proxy answers 503 for it.
 */
export function registerWorkloads(options: {
  cluster: Cluster;
  podServers: PodServers;
  pace: (simulatedMs: number) => number;
}): void {
  const { cluster, podServers, pace } = options;
  const assignments = createDeviceAssignments(cluster.podsOnNode);
  const engines = createOpenAiServer(cluster.clock);
  const kubeAi = createKubeAiProxy(cluster, engines);
  const tei = createTeiServer(cluster.clock);

  const exporter = (text: Exposition): PodServer => ({
    handle({ pod, path }, response) {
      const nodeName = (pod as unknown as Pod).spec.nodeName ?? '';
      const node = cluster.get('nodes', undefined, nodeName);
      if (path === '/health') {
        sendText(response, 200, 'text/plain; charset=utf-8', 'OK');
        return;
      }
      if (path !== '/metrics' || !node) {
        sendText(
          response,
          404,
          'text/plain; charset=utf-8',
          '404 page not found\n',
        );
        return;
      }
      sendText(
        response,
        200,
        EXPOSITION_TYPE,
        text(assignments.devicesOn(node), nodeName, cluster.clock.now()),
      );
    },
  });

  const serverFor = (kind: ServingKind, container: Container): PodServer => {
    if (kind === 'kubeai') {
      return kubeAi;
    }
    return kind === 'tei'
      ? tei.forContainer(container)
      : exporter(EXPORTERS[kind]);
  };

  podServers.register((object, port) => {
    const pod = object as unknown as Pod;
    for (const container of pod.spec.containers) {
      const engine = openAiEngineOf(container);
      const kind = engine ? undefined : servingKind(container);
      const listening =
        (engine && enginePort(engine, container)) ??
        (kind && portOf(container, kind));
      if (listening !== port || !listens(cluster, pace, pod, container)) {
        continue;
      }
      if (engine) return engines.forContainer(engine, container);
      if (kind) return serverFor(kind, container);
    }
    return undefined;
  });
}
