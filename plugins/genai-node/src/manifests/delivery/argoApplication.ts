import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import {
  deliveryMeta,
  type ControllerDelivery,
  type DeliveryPlan,
} from './DeliveryPlan';

type ArgoDelivery = Extract<ControllerDelivery, { kind: 'ArgoApplication' }>;

/** Argo CD's Application as we write it. Fields: pkg/apis/application/v1alpha1/types.go at 0017d06 (3.x). */
export interface ArgoApplicationObject extends KubernetesObjectLike {
  metadata: KubernetesObjectLike['metadata'] & { finalizers: string[] };
  spec: {
    project: string;
    source: {
      repoURL: string;
      targetRevision: string;
      path: string;
      helm?: { releaseName: string };
    };
    destination: { server?: string; name?: string; namespace: string };
    syncPolicy: {
      automated: { prune: boolean; selfHeal: boolean };
      syncOptions: string[];
    };
  };
}

/** The cluster on which Argo CD runs, as it sees it. */
const OWN_CLUSTER = 'https://kubernetes.default.svc';

/** Brings overlay or chart to the cluster and keeps the cluster as the repository has it. */
export function buildArgoApplication(
  plan: DeliveryPlan,
  delivery: ArgoDelivery,
): ArgoApplicationObject {
  const { project = 'default', destination } = delivery;
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Application',
    metadata: {
      ...deliveryMeta(plan, delivery),
      // Without it the service would outlive its Application.
      finalizers: ['resources-finalizer.argocd.argoproj.io/foreground'],
    },
    spec: {
      project,
      source: {
        repoURL: plan.repoUrl,
        targetRevision: plan.branch,
        path: plan.path,
        ...(plan.isChart ? { helm: { releaseName: plan.meta.name } } : {}),
      },
      destination: {
        ...(destination ? { name: destination } : { server: OWN_CLUSTER }),
        namespace: plan.namespace,
      },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        // As the portal applies: fields that others own, such as an autoscaler's, stay theirs.
        syncOptions: ['ServerSideApply=true'],
      },
    },
  };
}
