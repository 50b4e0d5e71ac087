import type {
  InferenceSpec,
  PlanReason,
} from '@promptside/backstage-plugin-genai-common';
import { notice } from '../../servingRuntimes/commonLimits';
import { engineOf } from '../../servingRuntimes/engineOf';
import { controllerDelivery } from './DeliveryPlan';

/** What a person should know of the way in which the service gets to the cluster. */
export function deliveryNotices(spec: InferenceSpec): PlanReason[] {
  const delivery = controllerDelivery(spec);
  if (!delivery) return [];
  if (delivery.kind === 'ArgoApplication') {
    return engineOf(spec).deployedBy === 'HelmChart'
      ? [
          notice(
            'ArgoBuildOptions',
            'Argo CD builds the chart in the kustomization only with kustomize.buildOptions: --enable-helm in its ConfigMap argocd-cm.',
            'Warning',
          ),
        ]
      : [];
  }
  return delivery.serviceAccountName
    ? []
    : [
        notice(
          'FluxControllerRights',
          `Flux applies whatever ${delivery.repoUrl} holds, with the rights of its controllers unless the platform team locked tenancy down. Name an account of the team in spec.delivery.serviceAccountName.`,
          'Warning',
        ),
      ];
}
