import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import {
  deliveryMeta,
  type ControllerDelivery,
  type DeliveryPlan,
} from './DeliveryPlan';

type FluxDelivery = Extract<ControllerDelivery, { gitSecret?: string }>;

interface NamedReference {
  kind: 'GitRepository';
  name: string;
}

/** Flux's GitRepository as we write it. Fields: source-controller's CRD at 39b711b. */
export interface GitRepositoryObject extends KubernetesObjectLike {
  spec: {
    interval: string;
    url: string;
    ref: { branch: string };
    secretRef?: { name: string };
  };
}

/** Flux's Kustomization as we write it. Fields: kustomize-controller's CRD at 186fb3b. */
export interface FluxKustomizationObject extends KubernetesObjectLike {
  spec: {
    interval: string;
    retryInterval: string;
    timeout: string;
    sourceRef: NamedReference;
    path: string;
    prune: boolean;
    wait: boolean;
    serviceAccountName?: string;
  };
}

/** Flux's HelmRelease as we write it. Fields: helm-controller's CRD at 0f61a86. */
export interface HelmReleaseObject extends KubernetesObjectLike {
  spec: {
    interval: string;
    timeout: string;
    releaseName: string;
    targetNamespace: string;
    storageNamespace: string;
    chart: {
      spec: {
        chart: string;
        reconcileStrategy: 'Revision';
        sourceRef: NamedReference;
      };
    };
    driftDetection: { mode: 'enabled' };
    serviceAccountName?: string;
  };
}

/** How often Flux looks for commits. */
const GIT_INTERVAL = '5m';

/** How often Flux holds the cluster against the repository. */
export const SYNC_INTERVAL = '10m';

/** Where Flux gets the manifests. */
export function buildGitRepository(
  plan: DeliveryPlan,
  delivery: FluxDelivery,
): GitRepositoryObject {
  const { gitSecret } = delivery;
  return {
    apiVersion: 'source.toolkit.fluxcd.io/v1',
    kind: 'GitRepository',
    metadata: deliveryMeta(plan, delivery),
    spec: {
      interval: GIT_INTERVAL,
      url: plan.repoUrl,
      ref: { branch: plan.branch },
      ...(gitSecret ? { secretRef: { name: gitSecret } } : {}),
    },
  };
}

/** Applies the overlay, takes away what the repository does not have any more, and waits until the service answers. */
export function buildFluxKustomization(
  plan: DeliveryPlan,
  delivery: FluxDelivery,
): FluxKustomizationObject {
  return {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: deliveryMeta(plan, delivery),
    spec: {
      interval: SYNC_INTERVAL,
      retryInterval: '1m',
      timeout: `${plan.timeoutSeconds}s`,
      sourceRef: { kind: 'GitRepository', name: plan.meta.name },
      path: `./${plan.path}`,
      prune: true,
      wait: true,
      ...account(delivery),
    },
  };
}

/** Installs the chart and upgrades it with every commit. */
export function buildHelmRelease(
  plan: DeliveryPlan,
  delivery: FluxDelivery,
): HelmReleaseObject {
  const { meta, namespace } = plan;
  return {
    apiVersion: 'helm.toolkit.fluxcd.io/v2',
    kind: 'HelmRelease',
    metadata: deliveryMeta(plan, delivery),
    spec: {
      interval: SYNC_INTERVAL,
      // A release that is not ready by then counts as failed.
      timeout: `${plan.timeoutSeconds}s`,
      releaseName: meta.name,
      targetNamespace: namespace,
      storageNamespace: namespace,
      chart: {
        spec: {
          chart: `./${plan.path}`,
          // The chart's version stays the same; the commit tells that it changed.
          reconcileStrategy: 'Revision',
          sourceRef: { kind: 'GitRepository', name: meta.name },
        },
      },
      driftDetection: { mode: 'enabled' },
      ...account(delivery),
    },
  };
}

function account({ serviceAccountName }: FluxDelivery) {
  return serviceAccountName ? { serviceAccountName } : {};
}
