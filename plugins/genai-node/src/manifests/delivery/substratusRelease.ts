import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { SUBSTRATUS_CHART } from '../../servingRuntimes/tgiSubstratus/chart';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import type { ServiceObject } from '../objects/access';
import type { DeploymentObject } from '../objects/deployment';
import { objectMeta } from '../objects/identity';
import {
  substratusDeploymentPatch,
  substratusServicePatch,
  substratusValues,
} from '../substratusChart';
import { toYaml } from '../toYaml';
import { controllerDelivery, deliveryNamespace } from './DeliveryPlan';
import { SYNC_INTERVAL } from './fluxObjects';

/** Flux's HelmRepository as we write it. Fields: source-controller's CRD at 39b711b. */
export interface HelmRepositoryObject extends KubernetesObjectLike {
  spec: { interval: string; url: string };
}

/** Flux's HelmRelease of a chart that lies in a repository of charts, patched after Helm. */
export interface ChartReleaseObject extends KubernetesObjectLike {
  spec: {
    interval: string;
    timeout: string;
    releaseName: string;
    chart: {
      spec: {
        chart: string;
        version: string;
        sourceRef: { kind: 'HelmRepository'; name: string };
      };
    };
    values: object;
    postRenderers: { kustomize: { patches: { patch: string }[] } }[];
    serviceAccountName?: string;
  };
}

/** Somebody else's chart at a pinned version changes seldom. */
const CHART_INTERVAL = '1h';

/**
 * The Substratus AI chart as Flux installs it: Flux builds no chart in a kustomization, but its releases take values, and patches
 * that are laid over what the chart gives. Both are those of the kustomization.
 *
 * @param deployment - as it is to be in the end
 * @param service - likewise
 */
export function buildSubstratusRelease(
  spec: InferenceSpec,
  deployment: DeploymentObject,
  service: ServiceObject,
): [HelmRepositoryObject, ChartReleaseObject] {
  const { name } = spec.metadata;
  const account = accountBeside(spec);
  const patches = [
    substratusDeploymentPatch(deployment),
    substratusServicePatch(service),
  ];
  return [
    {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata: objectMeta(spec),
      spec: { interval: CHART_INTERVAL, url: SUBSTRATUS_CHART.repo },
    },
    {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: objectMeta(spec),
      spec: {
        interval: SYNC_INTERVAL,
        timeout: `${deployment.spec.progressDeadlineSeconds}s`,
        releaseName: name,
        chart: {
          spec: {
            chart: SUBSTRATUS_CHART.name,
            version: SUBSTRATUS_CHART.version,
            sourceRef: { kind: 'HelmRepository', name },
          },
        },
        values: substratusValues(spec, deployment),
        postRenderers: [
          {
            kustomize: {
              patches: patches.map(patch => ({ patch: toYaml(patch) })),
            },
          },
        ],
        ...(account ? { serviceAccountName: account } : {}),
      },
    },
  ];
}

/** The account of the delivery, where it is in the namespace of the release. */
function accountBeside(spec: InferenceSpec): string | undefined {
  const delivery = controllerDelivery(spec);
  return delivery?.kind === 'FluxKustomization' &&
    deliveryNamespace(spec, delivery) === spec.spec.target.namespace
    ? delivery.serviceAccountName
    : undefined;
}
