import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { engineOf } from '../../servingRuntimes/engines';
import { controllerDelivery } from './DeliveryPlan';

/** What does not go together among engine, output and delivery, each led by its field. */
export function* checkDelivery(spec: InferenceSpec): Generator<string> {
  const { output = 'Kustomize' } = spec.spec;
  const delivery = controllerDelivery(spec);
  const { title, deployedBy } = engineOf(spec);
  const foreignChart = deployedBy === 'HelmChart';
  if (output === 'Helm' && foreignChart) {
    yield `spec.output: ${title} is a chart already, with patches that only Kustomize lays over it; choose "Kustomize", or the engine "tgi" without that chart`;
  }
  if (delivery?.kind === 'FluxHelmRelease' && output !== 'Helm') {
    yield 'spec.delivery.kind: "FluxHelmRelease" installs a chart; set spec.output to "Helm", or choose "FluxKustomization"';
  }
  if (delivery?.kind === 'FluxKustomization') {
    if (output === 'Helm') {
      yield 'spec.delivery.kind: "FluxKustomization" reads a kustomization; set spec.output to "Kustomize", or choose "FluxHelmRelease"';
    } else if (foreignChart) {
      yield `spec.delivery.kind: Flux builds no kustomization with a chart in it, as ${title} has; choose "ArgoApplication", or the engine "tgi"`;
    }
  }
}
