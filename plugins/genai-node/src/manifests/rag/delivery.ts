import type { RagSpec } from '@promptside/backstage-plugin-genai-common';
import { buildArgoApplication } from '../delivery/argoApplication';
import {
  sourceOf,
  type ControllerDelivery,
  type DeliveryPlan,
} from '../delivery/DeliveryPlan';
import {
  buildFluxKustomization,
  buildGitRepository,
} from '../delivery/fluxObjects';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import { overlayPath } from '../overlayPath';
import { ragMeta } from './identity';
import { checkedRagSpec } from './ragSpecText';

/** seconds: weights are downloaded, PostgreSQL is made and documents are read before the API is ready */
const LONGEST_START_SECONDS = 3600;

/** Whether something else than the portal applies the objects of a service. */
export function ragDelivery({ spec }: RagSpec): ControllerDelivery | undefined {
  return spec.delivery && spec.delivery.kind !== 'None'
    ? spec.delivery
    : undefined;
}

/**
 * The objects by which Flux or Argo CD brings a RAG service from its repository to the cluster; none where it is applied directly.
 *
 * @throws InputError that names every wrong field of the spec
 * @public
 */
export function buildRagDelivery(spec: RagSpec): KubernetesObjectLike[] {
  const checked = checkedRagSpec(spec);
  const delivery = ragDelivery(checked);
  if (!delivery) return [];
  const { namespace, ...meta } = ragMeta(checked, 'query-api');
  const plan: DeliveryPlan = {
    meta,
    namespace,
    isChart: false,
    timeoutSeconds: LONGEST_START_SECONDS,
    ...sourceOf(delivery, overlayPath(checked.spec.target.cluster)),
  };
  return delivery.kind === 'ArgoApplication'
    ? [buildArgoApplication(plan, delivery)]
    : [
        buildGitRepository(plan, delivery),
        buildFluxKustomization(plan, delivery),
      ];
}
