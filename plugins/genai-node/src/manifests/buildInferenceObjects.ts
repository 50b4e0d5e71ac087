import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { buildContainer } from '../servingRuntimes/buildContainer';
import { engineQuestion } from '../servingRuntimes/engineQuestion';
import { engineOf } from '../servingRuntimes/engines';
import { engineImage, type EngineImages } from '../servingRuntimes/images';
import { startupSeconds } from '../servingRuntimes/loadProbes';
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
import { buildEngineFiles, filesDigest } from './objects/engineFiles';
import { buildNetworkPolicy } from './objects/networkPolicy';
import { modelCache } from './objects/storage';

/** What an adopter decides once for all services. @public */
export interface RenderOptions {
  /** Rows that replace those of our table of images. */
  images?: EngineImages;
}

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
  options: RenderOptions = {},
): KubernetesObjectLike[] {
  const checked = checkedInferenceSpec(spec);
  checkSpecAgainstFacts(checked, model, options);
  const spoke = engineOf(checked);
  const question = engineQuestion(checked, model);
  const { engine } = checked.spec;
  // The check above refuses what has no image.
  const image =
    engine.image ?? engineImage(engine.name, question, options.images)!;
  const filesName = `${checked.metadata.name}-engine`;
  const { container, volumes, files } = buildContainer(
    spoke,
    question,
    image,
    filesName,
  );
  const cache = modelCache(checked);
  const { ports, metrics } = spoke;
  const doors = [
    { name: ports.httpName, port: ports.http },
    ...(metrics.port === ports.http
      ? []
      : [{ name: metrics.portName, port: metrics.port }]),
  ];
  return [
    buildServiceAccount(checked),
    ...(cache.claim ? [cache.claim] : []),
    ...(files.length > 0 ? [buildEngineFiles(checked, filesName, files)] : []),
    buildService(checked, doors),
    buildNetworkPolicy(
      checked,
      doors.map(({ port }) => port),
    ),
    buildDisruptionBudget(checked),
    buildDeployment(checked, {
      container,
      volumes: [cache.volume, ...volumes],
      security: spoke.security(question),
      startupSeconds: startupSeconds(question.weightsBytes),
      ...(files.length > 0 ? { podAnnotations: filesDigest(files) } : {}),
    }),
    ...(checked.spec.monitoring
      ? [buildServiceMonitor(checked, metrics.portName, metrics.path)]
      : []),
  ];
}
