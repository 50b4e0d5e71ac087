import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { weightsBytesOfSpec } from '../models/variantOfSpec';
import { vllmContainer } from '../servingRuntimes/vllm/container';
import { vllmImage } from '../servingRuntimes/vllm/image';
import {
  HTTP_PORT,
  HTTP_PORT_NAME,
  METRICS_PATH,
} from '../servingRuntimes/vllm/ports';
import { startupSeconds } from '../servingRuntimes/vllm/probes';
import { checkSpecAgainstFacts } from './checkSpecAgainstFacts';
import { checkedInferenceSpec } from './inferenceSpecText';
import type { KubernetesObjectLike } from './KubernetesObjectLike';
import {
  buildDisruptionBudget,
  buildService,
  buildServiceAccount,
  buildServiceMonitor,
} from './objects/access';
import { buildDeployment } from './objects/deployment';
import { buildNetworkPolicy } from './objects/networkPolicy';
import { modelCache } from './objects/storage';

/**
 * Every object of an inference service, in the order in which they are best applied.
 *
 * @param spec - what the owners want
 * @param model - facts of the model; without them sizes follow from the storage, and the model is not checked
 * @throws InputError that names every field with which it could not run
 * @public
 */
export function buildInferenceObjects(
  spec: InferenceSpec,
  model: Model | undefined,
): KubernetesObjectLike[] {
  const checked = checkedInferenceSpec(spec);
  checkSpecAgainstFacts(checked, model);
  const { engine, accelerator, monitoring } = checked.spec;
  // The check above refuses vendors without an image.
  const image = engine.image ?? vllmImage(accelerator.vendor)!;
  const { container, volumes } = vllmContainer(checked, model, image);
  const cache = modelCache(checked);
  return [
    buildServiceAccount(checked),
    ...(cache.claim ? [cache.claim] : []),
    buildService(checked, { name: HTTP_PORT_NAME, port: HTTP_PORT }),
    buildNetworkPolicy(checked, HTTP_PORT),
    buildDisruptionBudget(checked),
    buildDeployment(checked, {
      container,
      volumes: [cache.volume, ...volumes],
      startupSeconds: startupSeconds(weightsBytesOfSpec(checked, model)),
    }),
    ...(monitoring
      ? [buildServiceMonitor(checked, HTTP_PORT_NAME, METRICS_PATH)]
      : []),
  ];
}
