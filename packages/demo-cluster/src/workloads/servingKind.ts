import { Container } from '../sim/kubeTypes';
import { containerRequests } from '../sim/podResources';
import { quantityOrZero } from '../sim/quantities';
import { repositoryOf } from './openAiEngines';

/** What a simulated container answers like, where it is no engine with OpenAI's API. */
export type ServingKind =
  'tei' | 'kubeai' | 'dcgm-exporter' | 'amd-exporter' | 'xpumanager';

const IMAGES: ReadonlyArray<[pattern: RegExp, kind: ServingKind]> = [
  [/(^|\/)text-embeddings-inference$/, 'tei'],
  [/(^|\/)kubeai$/, 'kubeai'],
  [/(^|\/)dcgm-exporter$/, 'dcgm-exporter'],
  [/(^|\/)device-metrics-exporter$/, 'amd-exporter'],
  [/(^|\/)xpumanager$/, 'xpumanager'],
];

/** The kind of server in a container, from its image; `undefined` for one that the demo does not play. */
export function servingKind(container: Container): ServingKind | undefined {
  const repository = repositoryOf(container);
  return IMAGES.find(([pattern]) => pattern.test(repository))?.[1];
}

const ACCELERATOR =
  /^(nvidia\.com\/(gpu|mig-.+)|amd\.com\/.+|gpu\.intel\.com\/(i915|xe))$/;

/** The extended resource of the GPUs that a container asks for. */
export function acceleratorResource(container: Container): string | undefined {
  return Object.entries(containerRequests(container)).find(
    ([name, value]) => ACCELERATOR.test(name) && quantityOrZero(value) > 0,
  )?.[0];
}
