import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { engineOf } from '../../servingRuntimes/engineOf';
import { controllerDelivery } from './DeliveryPlan';

/** What does not go together among engine, output and delivery, each led by its field. */
export function* checkDelivery(spec: InferenceSpec): Generator<string> {
  const { output = 'Kustomize' } = spec.spec;
  const delivery = controllerDelivery(spec);
  const { title, deployedBy } = engineOf(spec);
  if (output === 'Helm' && deployedBy === 'HelmChart') {
    yield `spec.output: ${title} is a chart already, with patches that only Kustomize lays over it; choose "Kustomize", or the engine "tgi" without that chart`;
  }
  if (delivery?.kind === 'FluxHelmRelease' && output !== 'Helm') {
    yield 'spec.delivery.kind: "FluxHelmRelease" installs a chart; set spec.output to "Helm", or choose "FluxKustomization"';
  }
  if (delivery?.kind === 'FluxKustomization' && output === 'Helm') {
    yield 'spec.delivery.kind: "FluxKustomization" reads a kustomization; set spec.output to "Kustomize", or choose "FluxHelmRelease"';
  }
}
