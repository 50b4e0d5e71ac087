import type { ServingFact, WorkloadFact } from '../facts/Fact';
import type { EngineMetricNames } from '../engineMetrics';
import { allEngines } from '../servingRuntimes/engines';
import type { ClusterState } from '../state/ClusterState';
import { findModelServer } from './deriveModelServers';
import { findService } from './findEndpoint';

/**
 * How a model server is reached through the API server: only what the live objects tell, nothing that a caller says.
 *
 * @public
 */
export interface ModelServerTarget {
  uid: string;
  namespace: string;
  /** The Service in front of it, by a port of its own; absent when there is none. `https:` before the name asks for TLS. */
  service?: { name: string; port: number };
  /** Path of the API's base, e.g. `/v1`. */
  basePath: string;
  protocol: ServingFact['protocol'];
  /** Name under which the model answers. */
  modelName?: string;
  /** Pods that serve now, by name. */
  readyPods: readonly { name: string; uid: string }[];
  /** Where each pod shows its metrics; absent for a runtime whose metrics are not known. */
  metrics?: { port: number; path: string; names: EngineMetricNames };
}

/**
 * The target of one model server, chosen as `deriveModelServerDetail` does; `undefined` when there is none of that name.
 *
 * @public
 */
export function deriveModelServerTarget(
  states: readonly ClusterState[],
  ref: { cluster: string; namespace: string; name: string },
): ModelServerTarget | undefined {
  const found = findModelServer(states, ref);
  if (!found) return undefined;
  const { state, server } = found;
  // pods of a custom resource are described by the Deployment that its operator made of it
  const backing = servingFamily(state, server).find(
    ({ podLabels }) => podLabels !== undefined,
  );
  const serving = backing?.serving ?? server.serving;
  const service = backing && findService(state, backing, serving.port);
  const modelName =
    server.serving.servedName ??
    serving.servedName ??
    server.serving.modelId ??
    serving.modelId;
  const metrics = metricsOf(serving, backing?.namedPorts);
  return {
    uid: server.uid,
    namespace: server.namespace,
    ...(service ? { service } : {}),
    basePath: serving.basePath,
    protocol: serving.protocol,
    ...(modelName ? { modelName } : {}),
    readyPods: state
      .podsOf(server.uid)
      .filter(({ ready, deleting }) => ready && !deleting)
      .map(({ name, uid }) => ({ name, uid }))
      .sort((left, right) => (left.name < right.name ? -1 : 1)),
    ...(metrics ? { metrics } : {}),
  };
}

type Serving = WorkloadFact & { serving: ServingFact };

/** The server and the workloads below it that serve, too. */
function servingFamily(state: ClusterState, server: Serving): Serving[] {
  const family: WorkloadFact[] = [server];
  for (let index = 0; index < family.length; index++) {
    family.push(...state.children(family[index].uid));
  }
  return family.filter(
    (workload): workload is Serving => workload.serving !== undefined,
  );
}

function metricsOf(
  serving: ServingFact,
  namedPorts: Readonly<Record<string, number>> = {},
): ModelServerTarget['metrics'] {
  if (serving.metrics) {
    const { path, names, port = serving.port } = serving.metrics;
    return port === undefined ? undefined : { port, path, names };
  }
  const engine = serving.engine ?? serving.runtime;
  const metrics = allEngines().find(
    ({ runtime }) => runtime === engine,
  )?.metrics;
  if (!metrics) return undefined;
  const native = serving.protocol === 'openai' ? undefined : metrics.nativePort;
  return {
    port: namedPorts.metrics ?? native ?? serving.port ?? metrics.port,
    path: metrics.path,
    names: metrics.names,
  };
}
