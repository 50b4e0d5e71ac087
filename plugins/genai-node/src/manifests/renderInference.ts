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
import { renderChart } from './helmChart/renderChart';
import { stringifyInferenceSpec } from './inferenceSpecText';
import type {
  KubernetesObjectLike,
  RenderedFile,
} from './KubernetesObjectLike';
import { RENDERED } from './rendered';
import { renderKustomize } from './renderKustomize';
import { toYaml } from './toYaml';

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
    ...buildDeliveryObjects(spec, model, options).map(deliveryFile),
  ];
}

/** `kustomization.yaml` would be Kustomize's own file, so the name tells whose object it is. */
function deliveryFile(object: KubernetesObjectLike): RenderedFile {
  const { apiVersion, kind } = object;
  const owner = apiVersion.startsWith('argoproj.io/') ? 'argo' : 'flux';
  return {
    path: `delivery/${owner}-${kind.toLowerCase()}.yaml`,
    content: toYaml(object, { comment: RENDERED }),
  };
}
