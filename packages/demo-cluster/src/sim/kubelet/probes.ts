import { Container, Probe } from '../kubeTypes';

/** What the probes of a container that does not answer yet lead to. Times in simulated milliseconds after its start. */
export interface ProbeOutlook {
  /** Which probe speaks while the container loads. */
  word: 'Startup' | 'Readiness' | 'Liveness';
  firstFailureMs: number;
  periodMs: number;
  /** When the kubelet gives up and restarts the container; never, with only a readiness probe. */
  killMs?: number;
}

const periodMs = (probe: Probe) => (probe.periodSeconds ?? 10) * 1000;
const delayMs = (probe: Probe) => (probe.initialDelaySeconds ?? 0) * 1000;
const patienceMs = (probe: Probe) =>
  delayMs(probe) + periodMs(probe) * (probe.failureThreshold ?? 3);

/**
 * Which probe watches a loading container and how patient it is: the startup probe holds off the others.
 */
export function probeOutlook(container: Container): ProbeOutlook | undefined {
  const { startupProbe, livenessProbe, readinessProbe } = container;
  if (startupProbe) {
    return {
      word: 'Startup',
      firstFailureMs: delayMs(startupProbe) + periodMs(startupProbe),
      periodMs: periodMs(startupProbe),
      killMs: patienceMs(startupProbe),
    };
  }
  const probe = readinessProbe ?? livenessProbe;
  return (
    probe && {
      word: readinessProbe ? 'Readiness' : 'Liveness',
      firstFailureMs: delayMs(probe) + periodMs(probe),
      periodMs: periodMs(probe),
      ...(livenessProbe && { killMs: patienceMs(livenessProbe) }),
    }
  );
}

/** Whether readiness is decided by a probe at all; without one a started container is ready. */
export function isProbed(container: Container): boolean {
  return Boolean(container.readinessProbe ?? container.startupProbe);
}

/** The kubelet's text for a probe that nobody answers. */
export function probeFailure(
  container: Container,
  outlook: ProbeOutlook,
  podIP: string,
): string {
  const probe = {
    Startup: container.startupProbe,
    Readiness: container.readinessProbe,
    Liveness: container.livenessProbe,
  }[outlook.word];
  const target = probe?.httpGet ?? probe?.tcpSocket;
  if (!target) {
    return `${outlook.word} probe failed: `;
  }
  const port =
    typeof target.port === 'number'
      ? target.port
      : (container.ports?.find(({ name }) => name === target.port)
          ?.containerPort ?? target.port);
  const address = `${podIP}:${port}`;
  const refused = `dial tcp ${address}: connect: connection refused`;
  const scheme = probe?.httpGet?.scheme?.toLowerCase() ?? 'http';
  return probe?.httpGet
    ? `${outlook.word} probe failed: Get "${scheme}://${address}${probe.httpGet.path ?? '/'}": ${refused}`
    : `${outlook.word} probe failed: ${refused}`;
}
