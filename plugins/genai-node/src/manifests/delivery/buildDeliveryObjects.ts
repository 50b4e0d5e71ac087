import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { weightsBytesOfSpec } from '../../models/variantOfSpec';
import { startupSeconds } from '../../servingRuntimes/loadProbes';
import type { RenderOptions } from '../buildInferenceObjects';
import { checkSpecAgainstFacts } from '../checkSpecAgainstFacts';
import { checkedInferenceSpec } from '../inferenceSpecText';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { PULL_SECONDS } from '../objects/deployment';
import { buildArgoApplication } from './argoApplication';
import {
  controllerDelivery,
  deliveryPlan,
  type ControllerDelivery,
  type DeliveryPlan,
} from './DeliveryPlan';
import {
  buildFluxKustomization,
  buildGitRepository,
  buildHelmRelease,
} from './fluxObjects';

/**
 * The objects by which Flux or Argo CD brings a service from its repository to the cluster; none where it is applied directly.
 *
 * @throws InputError that names every field with which it could not run
 * @public
 */
export function buildDeliveryObjects(
  spec: InferenceSpec,
  model: Model | undefined,
  options: RenderOptions = {},
): KubernetesObjectLike[] {
  const checked = checkedInferenceSpec(spec);
  checkSpecAgainstFacts(checked, model, options);
  const delivery = controllerDelivery(checked);
  if (!delivery) return [];
  const seconds =
    startupSeconds(weightsBytesOfSpec(checked, model)) + PULL_SECONDS;
  return objectsOf(deliveryPlan(checked, delivery, seconds), delivery);
}

function objectsOf(
  plan: DeliveryPlan,
  delivery: ControllerDelivery,
): KubernetesObjectLike[] {
  switch (delivery.kind) {
    case 'FluxKustomization':
      return [
        buildGitRepository(plan, delivery),
        buildFluxKustomization(plan, delivery),
      ];
    case 'FluxHelmRelease':
      return [
        buildGitRepository(plan, delivery),
        buildHelmRelease(plan, delivery),
      ];
    default:
      return [buildArgoApplication(plan, delivery)];
  }
}
