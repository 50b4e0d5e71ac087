import { KubeObject } from '../../store/ObjectStore';
import { at, JsonNode, node, nodes } from '../schema/nodes';
import { age } from './text';

function stateReason(status: JsonNode): string | undefined {
  const waiting = at(status, 'state', 'waiting', 'reason');
  if (waiting) {
    return String(waiting);
  }
  const terminated = at(status, 'state', 'terminated');
  if (!terminated) {
    return undefined;
  }
  const { reason, signal, exitCode } = node(terminated);
  return reason
    ? String(reason)
    : signal
      ? `Signal:${String(signal)}`
      : `ExitCode:${String(exitCode)}`;
}

/** Restartable init containers count as containers. */
function isSidecar(pod: KubeObject, name: unknown): boolean {
  return nodes(at(pod, 'spec', 'initContainers')).some(
    container =>
      container.name === name && container.restartPolicy === 'Always',
  );
}

function initReason(pod: KubeObject): string | undefined {
  const statuses = nodes(at(pod, 'status', 'initContainerStatuses'));
  const total = nodes(at(pod, 'spec', 'initContainers')).length;
  for (const [index, status] of statuses.entries()) {
    const terminated = at(status, 'state', 'terminated');
    if (
      at(terminated, 'exitCode') === 0 ||
      (isSidecar(pod, status.name) && status.started)
    ) {
      continue;
    }
    const reason = stateReason(status);
    return reason && reason !== 'PodInitializing'
      ? `Init:${reason}`
      : `Init:${index}/${total}`;
  }
  return undefined;
}

/** The status of a pod as `kubectl get pods` says it. */
export function podReason(pod: KubeObject): string {
  const status = node(pod.status);
  const scheduled = nodes(status.conditions).find(
    condition => condition.type === 'PodScheduled',
  );
  let reason =
    scheduled?.reason === 'SchedulingGated'
      ? 'SchedulingGated'
      : String(status.reason || status.phase || 'Unknown');
  const init = initReason(pod);
  if (init) {
    reason = init;
  } else {
    let running = false;
    for (const each of nodes(status.containerStatuses).reverse()) {
      reason = stateReason(each) ?? reason;
      running ||= Boolean(each.ready && at(each, 'state', 'running'));
    }
    if (reason === 'Completed' && running) {
      const ready = nodes(status.conditions).some(
        condition => condition.type === 'Ready' && condition.status === 'True',
      );
      reason = ready ? 'Running' : 'NotReady';
    }
  }
  if (pod.metadata.deletionTimestamp) {
    const over = status.phase === 'Succeeded' || status.phase === 'Failed';
    return over ? reason : 'Terminating';
  }
  return reason;
}

/** `ready/all` containers. */
export function podReady(pod: KubeObject): string {
  const sidecars = nodes(at(pod, 'spec', 'initContainers')).filter(
    container => container.restartPolicy === 'Always',
  ).length;
  const total = nodes(at(pod, 'spec', 'containers')).length + sidecars;
  const ready = [
    ...nodes(at(pod, 'status', 'containerStatuses')),
    ...nodes(at(pod, 'status', 'initContainerStatuses')).filter(status =>
      isSidecar(pod, status.name),
    ),
  ].filter(status => status.ready).length;
  return `${ready}/${total}`;
}

/** The restarts of all containers, with the time since the last one. */
export function podRestarts(pod: KubeObject, now: number): string {
  const statuses = [
    ...nodes(at(pod, 'status', 'containerStatuses')),
    ...nodes(at(pod, 'status', 'initContainerStatuses')),
  ];
  const restarts = statuses.reduce(
    (sum, status) => sum + Number(status.restartCount ?? 0),
    0,
  );
  const last = statuses
    .map(status => at(status, 'lastState', 'terminated', 'finishedAt'))
    .filter((time): time is string => typeof time === 'string')
    .sort()
    .pop();
  return restarts && last
    ? `${restarts} (${age(last, now)} ago)`
    : `${restarts}`;
}
