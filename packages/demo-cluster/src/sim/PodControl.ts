import { ApiStatusError } from '../store/ApiStatusError';
import { Cluster } from './Cluster';
import { EventRecorder } from './EventRecorder';
import { Pod } from './kubeTypes';
import { PodOwner } from './workloadTypes';

/** Checks a pod as the API server's admission does: gives it back with defaults, or throws {@link ApiStatusError}. */
export type AdmitPod = (pod: Pod) => Pod;

/** Creates and deletes pods for controllers, and tells of it in events on the owner. */
export interface PodControl {
  /** The created pod, or the refusal of the API server, which the owner's events then quote. */
  create(
    owner: PodOwner,
    pod: Pod,
    component: string,
  ): { pod: Pod } | { refusal: ApiStatusError };
  remove(owner: PodOwner, pod: Pod, component: string): void;
}

/**
 * A pod control whose creations pass admission.
 */
export function createPodControl(
  cluster: Cluster,
  events: EventRecorder,
  admit: AdmitPod,
): PodControl {
  return {
    create(owner, pod, component) {
      try {
        const created = cluster.create('pods', admit(pod));
        events.record(owner, {
          type: 'Normal',
          reason: 'SuccessfulCreate',
          message: `Created pod: ${created.metadata.name}`,
          component,
        });
        return { pod: created };
      } catch (error) {
        if (!(error instanceof ApiStatusError)) {
          throw error;
        }
        events.record(owner, {
          type: 'Warning',
          reason: 'FailedCreate',
          message: `Error creating: ${error.message}`,
          component,
        });
        return { refusal: error };
      }
    },
    remove(owner, pod, component) {
      cluster.remove('pods', pod);
      events.record(owner, {
        type: 'Normal',
        reason: 'SuccessfulDelete',
        message: `Deleted pod: ${pod.metadata.name}`,
        component,
      });
    },
  };
}
