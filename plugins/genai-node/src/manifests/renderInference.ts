import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { withEngine } from '../servingRuntimes/engineOf';
import {
  buildInferenceObjects,
  type RenderOptions,
} from './buildInferenceObjects';
import { buildDeliveryObjects } from './delivery/buildDeliveryObjects';
import { deliveryFile } from './delivery/deliveryFile';
import { renderChart } from './helmChart/renderChart';
import { stringifyInferenceSpec } from './inferenceSpecText';
import type { RenderedFile } from './KubernetesObjectLike';
import { renderKustomize } from './renderKustomize';

/**
 * The files of a service: the spec that people edit, a Kustomize base and overlay or a Helm chart with the objects, and what
 * Flux or Argo CD need to fetch them. `kubectl apply -k overlays/<cluster>` and `helm template <name> chart` give exactly the
 * objects of {@link buildInferenceObjects}.
 *
 * @throws InputError that names every field with which it could not run
 * @public
 */
export function renderInference(
  wanted: InferenceSpec,
  model: Model | undefined,
  options: RenderOptions = {},
): RenderedFile[] {
  const spec = withEngine(wanted, options.engines);
  return [
    { path: 'inference.yaml', content: stringifyInferenceSpec(spec) },
    ...(spec.spec.output === 'Helm'
      ? renderChart(spec, model, options)
      : renderKustomize(spec, buildInferenceObjects(spec, model, options))),
    ...buildDeliveryObjects(spec, model, options).map(object =>
      deliveryFile(object),
    ),
  ];
}
