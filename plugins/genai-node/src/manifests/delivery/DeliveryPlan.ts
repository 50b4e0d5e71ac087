import type {
  InferenceDelivery,
  InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import { overlayPath } from '../overlayPath';

/** What a controller must know to bring a service from its repository to the cluster. */
export interface DeliveryPlan {
  spec: InferenceSpec;
  repoUrl: string;
  branch: string;
  /** Folder of the overlay or the chart, from the root of the repository, without `./`. */
  path: string;
  /** Longest time until the service answers that is no failure, seconds. */
  timeoutSeconds: number;
}

/** Kinds of delivery that a controller does. */
export type ControllerDelivery = Exclude<InferenceDelivery, { kind: 'None' }>;

const DEFAULT_BRANCH = 'main';

/** Folder of the chart beside `inference.yaml`. */
export const CHART_FOLDER = 'chart';

/** The plan that a delivery asks for. */
export function deliveryPlan(
  spec: InferenceSpec,
  delivery: ControllerDelivery,
  timeoutSeconds: number,
): DeliveryPlan {
  const { repoUrl, branch = DEFAULT_BRANCH, path } = delivery;
  const folder =
    spec.spec.output === 'Helm'
      ? CHART_FOLDER
      : overlayPath(spec.spec.target.cluster);
  return {
    spec,
    repoUrl,
    branch,
    path: path ? `${path}/${folder}` : folder,
    timeoutSeconds,
  };
}

/** Whether something else than the portal applies the objects of a service. */
export function controllerDelivery({
  spec,
}: InferenceSpec): ControllerDelivery | undefined {
  return spec.delivery && spec.delivery.kind !== 'None'
    ? spec.delivery
    : undefined;
}

/** Namespace of the delivery's own objects. */
export function deliveryNamespace(
  { spec }: InferenceSpec,
  delivery: ControllerDelivery,
): string {
  if (delivery.namespace) return delivery.namespace;
  return delivery.kind === 'ArgoApplication' ? 'argocd' : spec.target.namespace;
}
