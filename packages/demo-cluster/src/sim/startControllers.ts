import { ApiStatusError } from '../store/ApiStatusError';
import { ObjectStore } from '../store/ObjectStore';
import { createRandom } from '../seed/random';
import { Clock, createRealClock } from './Clock';
import { Cluster, CompleteObject, createCluster } from './Cluster';
import { createDaemonSetController } from './controllers/daemonSet';
import { createDeploymentController } from './controllers/deployment';
import { createEndpointsController } from './controllers/endpoints';
import { createJobController } from './controllers/job';
import { createNamespaceDefaultsController } from './controllers/namespaceDefaults';
import { createCnpgBackupController } from './controllers/operators/cnpgBackup';
import { createCnpgClusterController } from './controllers/operators/cnpgCluster';
import { inferenceServiceSpoke } from './controllers/operators/inferenceService';
import { kaitoWorkspaceSpoke } from './controllers/operators/kaitoWorkspace';
import { createKubeAiModelController } from './controllers/operators/kubeAiModel';
import { llmInferenceServiceSpoke } from './controllers/operators/llmInferenceService';
import { milvusSpoke } from './controllers/operators/milvus';
import { nimServiceSpoke } from './controllers/operators/nimService';
import { createOperatorController } from './controllers/operators/operatorController';
import { createPersistentVolumeClaimController } from './controllers/persistentVolumeClaim';
import { createPodDisruptionBudgetController } from './controllers/podDisruptionBudget';
import { createReplicaSetController } from './controllers/replicaSet';
import { createStatefulSetController } from './controllers/statefulSet';
import { createEventRecorder } from './EventRecorder';
import { ProgramOf } from './kubelet/ContainerProgram';
import { createKubelet } from './kubelet/kubelet';
import { AdmitPod, createPodControl } from './PodControl';
import { createScheduler } from './scheduler/scheduler';
import { SimController } from './SimController';
import { createWorkQueue } from './WorkQueue';

/** What the controllers need. */
export interface ControllersOptions {
  store: ObjectStore;
  clock?: Clock;
  /** 10 makes what takes ten seconds take one. Above 0; the default is 1. */
  timeScale?: number;
  seed: number;
  programOf: ProgramOf;
  /** Admission of the API server for pods which controllers create. */
  admitPod?: AdmitPod;
  /** Defaults of the API server for objects which controllers create. */
  completeObject?: CompleteObject;
  /** Hears of faults in a controller that are not refusals of the API server. */
  onFault?: (controller: string, key: string, error: unknown) => void;
}

/** The running controllers, with their view of the cluster. */
export interface Simulation {
  cluster: Cluster;
  stop(): void;
}

/**
 * Starts the controllers, the scheduler and the kubelets on a store. Objects of an earlier run are taken up where they
 * were. At rest nothing runs but the sweep of old events.
 */
export function startControllers(options: ControllersOptions): Simulation {
  const { store, seed, programOf, timeScale = 1 } = options;
  if (!(timeScale > 0)) {
    throw new Error(`The time scale must be above 0, got ${timeScale}`);
  }
  const clock = options.clock ?? createRealClock();
  const cluster = createCluster({
    store,
    clock,
    random: createRandom(seed),
    complete: options.completeObject,
  });
  const events = createEventRecorder(cluster);
  const pods = createPodControl(
    cluster,
    events,
    options.admitPod ?? (pod => pod),
  );
  const pace = (simulatedMs: number) => simulatedMs / timeScale;

  const controllers: SimController[] = [
    createNamespaceDefaultsController(cluster),
    createPersistentVolumeClaimController(cluster, events, pace),
    createDeploymentController(cluster, events),
    createReplicaSetController(cluster, pods),
    createStatefulSetController(cluster, pods, events),
    createDaemonSetController(cluster, pods),
    createJobController(cluster, pods, events, pace),
    createScheduler(cluster, events),
    createKubelet(cluster, events, { programOf, pace }),
    createEndpointsController(cluster),
    createPodDisruptionBudgetController(cluster),
    createOperatorController(cluster, events, inferenceServiceSpoke),
    createOperatorController(cluster, events, llmInferenceServiceSpoke),
    createOperatorController(cluster, events, nimServiceSpoke),
    createOperatorController(cluster, events, kaitoWorkspaceSpoke),
    createKubeAiModelController(cluster, pods),
    createCnpgClusterController(cluster, pods),
    createCnpgBackupController(cluster),
    createOperatorController(cluster, events, milvusSpoke),
  ];
  const loops = controllers.map(controller => ({
    controller,
    queue: createWorkQueue({
      clock,
      reconcile: key => controller.reconcile(key),
      onError(key, error) {
        // A refusal or a lost race is everyday life of a controller: it tries again.
        if (!(error instanceof ApiStatusError)) {
          options.onFault?.(controller.name, key, error);
        }
      },
    }),
  }));
  cluster.subscribe(change =>
    loops.forEach(({ controller, queue }) =>
      controller.keysOf(change).forEach(queue.add),
    ),
  );
  loops.forEach(({ controller, queue }) =>
    controller.initialKeys().forEach(queue.add),
  );

  return {
    cluster,
    stop() {
      loops.forEach(({ queue }) => queue.stop());
      events.stop();
      cluster.stop();
    },
  };
}
