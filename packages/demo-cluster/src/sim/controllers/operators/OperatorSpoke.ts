import { Cluster } from '../../Cluster';
import { Condition } from '../../kubeTypes';
import { SimResource, SimResources } from '../../resources';

/** Resources that an operator makes of an object of its own. */
export type PartResource = 'deployments' | 'statefulsets' | 'services';

/** One object that an operator makes, without owner and namespace. */
export type Part = {
  [R in PartResource]: {
    resource: R;
    object: {
      metadata: {
        name: string;
        labels?: Record<string, string>;
        annotations?: Record<string, string>;
      };
      spec: SimResources[R]['spec'];
    };
  };
}[PartResource];

/** Why an operator makes nothing of an object. */
export interface Refusal {
  reason: string;
  message: string;
}

/** What an operator sees while it writes the status of an object. */
export interface OperatorView {
  cluster: Cluster;
  /** Absent when everything could be made. */
  refusal?: Refusal;
}

/** One operator: what it makes of an object and what it tells of it. */
export interface OperatorSpoke<R extends SimResource> {
  /** Component of its events. */
  component: string;
  resource: R;
  kind: string;
  /** Resources whose changes matter, by their owner. */
  dependents: readonly SimResource[];
  /** Label by which pods further down name the object, where they matter, too. */
  podLabel?: string;
  parts(object: SimResources[R], cluster: Cluster): Part[] | Refusal;
  /** The new status; conditions without times, which are filled in. */
  status(
    object: SimResources[R],
    view: OperatorView,
  ): Record<string, unknown> & { conditions: Condition[] };
}

/** Whether an operator makes nothing. */
export function isRefusal(made: Part[] | Refusal): made is Refusal {
  return !Array.isArray(made);
}
