import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { weightsBytesOfSpec } from '../../models/variantOfSpec';
import { startupSeconds } from '../../servingRuntimes/loadProbes';
import { withEngine } from '../../servingRuntimes/engineOf';
import { sharesWeights } from '../../servingRuntimes/modelSource';
import type { RenderOptions } from '../buildInferenceObjects';
import { checkSpecAgainstFacts } from '../checkSpecAgainstFacts';
import { checkedInferenceSpec } from '../inferenceSpecText';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { PULL_SECONDS } from '../objects/deployment';
import { waitSeconds } from '../objects/weightsReader';
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
  const checked = withEngine(checkedInferenceSpec(spec), options.engines);
  checkSpecAgainstFacts(checked, model, options);
  const delivery = controllerDelivery(checked);
  if (!delivery) return [];
  const plan = deliveryPlan(checked, delivery, longestStart(checked, model));
  return objectsOf(plan, delivery);
}

/** Longest time until the service answers that is no failure, seconds. */
function longestStart(spec: InferenceSpec, model: Model | undefined): number {
  const weightsBytes = weightsBytesOfSpec(spec, model);
  const download = sharesWeights(spec) ? waitSeconds(weightsBytes) : 0;
  return startupSeconds(weightsBytes) + PULL_SECONDS + download;
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
