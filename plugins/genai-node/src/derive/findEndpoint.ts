import type { ServiceFact, WorkloadFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';

/** A Service in front of a workload and the port on it that leads to a container port. */
interface Door {
  service: ServiceFact;
  /** Port for clients inside the cluster. */
  port: number;
  /** Port that the Service's object names. */
  servicePort: number;
  /** Name of that port. */
  portName?: string;
  /** The port leads to the one the API is known to listen on. */
  exact: boolean;
}

/**
 * Address of a workload inside its cluster, `<service>.<namespace>.svc:<port>`: of the Services that select its pods the
 * one which leads to `port`, with a cluster IP before a headless one, then by name. `undefined` without such a Service.
 */
export function findEndpoint(
  state: ClusterState,
  workload: WorkloadFact,
  port: number | undefined,
): string | undefined {
  const door = findDoor(state, workload, port);
  return door && `${door.service.name}.${workload.namespace}.svc:${door.port}`;
}

/** The same as a URL; a port that is called `https` speaks TLS. */
export function findUrl(
  state: ClusterState,
  workload: WorkloadFact,
  port: number | undefined,
): string | undefined {
  const door = findDoor(state, workload, port);
  return (
    door &&
    `${door.portName === 'https' ? 'https' : 'http'}://${door.service.name}.${workload.namespace}.svc:${door.port}`
  );
}

/** The same Service by the port that its own object names, as the API server's proxy wants it: with `https:` before its name for TLS. */
export function findService(
  state: ClusterState,
  workload: WorkloadFact,
  port: number | undefined,
): { name: string; port: number } | undefined {
  const door = findDoor(state, workload, port);
  return (
    door && {
      name: `${door.portName === 'https' ? 'https:' : ''}${door.service.name}`,
      port: door.servicePort,
    }
  );
}

/** As `findService`, of Services alone that are known to lead to that very port. */
export function findServiceOn(
  state: ClusterState,
  workload: WorkloadFact,
  port: number,
): { name: string; port: number } | undefined {
  const door = findDoor(state, workload, port);
  return door?.exact
    ? { name: door.service.name, port: door.servicePort }
    : undefined;
}

function findDoor(
  state: ClusterState,
  workload: WorkloadFact,
  port: number | undefined,
): Door | undefined {
  const { podLabels = {}, namedPorts = {}, namespace, proxy } = workload;
  const [best] = [...state.services(namespace)]
    .filter(({ selector }) =>
      proxy
        ? selector[proxy.label] === proxy.value
        : Object.entries(selector).every(
            ([key, value]) => podLabels[key] === value,
          ),
    )
    .flatMap(service => openDoor(service, proxy ? undefined : port, namedPorts))
    .sort(
      (left, right) =>
        Number(right.exact) - Number(left.exact) ||
        Number(left.service.headless) - Number(right.service.headless) ||
        (left.service.name < right.service.name ? -1 : 1),
    );
  return best;
}

function openDoor(
  service: ServiceFact,
  wanted: number | undefined,
  namedPorts: Readonly<Record<string, number>>,
): Door[] {
  for (const { name, port, targetPort = port } of service.ports) {
    const target =
      typeof targetPort === 'string' ? namedPorts[targetPort] : targetPort;
    // Clients of a headless Service reach the pods themselves, on the container's port.
    if (wanted !== undefined && target === wanted) {
      return [
        {
          service,
          port: service.headless ? target : port,
          servicePort: port,
          ...(name ? { portName: name } : {}),
          exact: true,
        },
      ];
    }
  }
  // A single port leads to the API whatever the container calls it; of several, none can be picked.
  const [only, ...others] = service.ports;
  return only && others.length === 0
    ? [
        {
          service,
          port: only.port,
          servicePort: only.port,
          ...(only.name ? { portName: only.name } : {}),
          exact: false,
        },
      ]
    : [];
}
