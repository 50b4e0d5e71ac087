import type {
  InferenceDelivery,
  InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import { objectMeta } from '../objects/identity';
import { overlayPath } from '../overlayPath';

/** What a controller must know to bring a service from its repository to the cluster. */
export interface DeliveryPlan {
  /** Metadata of the delivery's own objects, but for their namespace. */
  meta: Pick<ReturnType<typeof objectMeta>, 'name' | 'labels' | 'annotations'>;
  /** Where the service runs. */
  namespace: string;
  /** The folder holds a chart instead of an overlay. */
  isChart: boolean;
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
  const { output, target } = spec.spec;
  const isChart = output === 'Helm';
  const { namespace, ...meta } = objectMeta(spec);
  const folder = isChart ? CHART_FOLDER : overlayPath(target.cluster);
  return {
    meta,
    namespace,
    isChart,
    timeoutSeconds,
    ...sourceOf(delivery, folder),
  };
}

/**
 * Where the manifests lie.
 *
 * @param folder - from the folder of the spec
 */
export function sourceOf(
  { repoUrl, branch = DEFAULT_BRANCH, path }: ControllerDelivery,
  folder: string,
): Pick<DeliveryPlan, 'repoUrl' | 'branch' | 'path'> {
  return { repoUrl, branch, path: path ? `${path}/${folder}` : folder };
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
  { spec }: { spec: { target: { namespace: string } } },
  delivery: ControllerDelivery,
): string {
  if (delivery.namespace) return delivery.namespace;
  return delivery.kind === 'ArgoApplication' ? 'argocd' : spec.target.namespace;
}

/** Metadata of one of the delivery's own objects. */
export function deliveryMeta(
  { meta, namespace }: DeliveryPlan,
  delivery: ControllerDelivery,
) {
  const { name, labels, annotations } = meta;
  const place = { spec: { target: { namespace } } };
  return {
    name,
    namespace: deliveryNamespace(place, delivery),
    labels,
    annotations,
  };
}
