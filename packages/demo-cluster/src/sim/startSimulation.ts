import { PodLogs, PodServers } from '../proxy/PodServers';
import { Pod } from './kubeTypes';
import { ObjectStore } from '../store/ObjectStore';
import { programOf } from '../workloads/programs';
import { registerWorkloads } from '../workloads/registerWorkloads';
import { podLogText } from '../workloads/podLogs';
import { Clock } from './Clock';
import { CompleteObject } from './Cluster';
import { startNodeHeartbeats } from './nodeHeartbeats';
import { AdmitPod } from './PodControl';
import { startControllers } from './startControllers';

/** How the simulation is started. */
export interface SimulationOptions {
  store: ObjectStore;
  podServers: PodServers;
  seed: number;
  /** The default is the machine's own. */
  clock?: Clock;
  /** 10 makes what takes ten seconds take one. Above 0; the default is 1. */
  timeScale?: number;
  /** Admission of the API server for pods which controllers create. */
  admitPod?: AdmitPod;
  /** Defaults of the API server for objects which controllers create. */
  completeObject?: CompleteObject;
  /** Hears of faults in a controller that are not refusals of the API server. */
  onFault?: (controller: string, key: string, error: unknown) => void;
}

/** The running simulation. */
export interface RunningSimulation {
  /** Log of a simulated container. */
  podLogs: PodLogs;
  stop(): void;
}

/**
 * Starts controllers, kubelets and everything that listens inside the pods.
 */
export function startSimulation(options: SimulationOptions): RunningSimulation {
  const { podServers, timeScale = 1, ...rest } = options;
  const { cluster, stop } = startControllers({
    ...rest,
    timeScale,
    programOf,
  });
  const pace = (simulatedMs: number) => simulatedMs / timeScale;
  registerWorkloads({ cluster, podServers, pace });
  const stopHeartbeats = startNodeHeartbeats(rest.store, cluster.clock);
  return {
    stop() {
      stopHeartbeats();
      stop();
    },
    podLogs(object, container) {
      const pod = object as unknown as Pod;
      return podLogText({
        pod,
        container,
        node: cluster.get('nodes', undefined, pod.spec.nodeName ?? ''),
        now: cluster.clock.now(),
        pace,
      });
    },
  };
}
