import type {
  InferenceEngine,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { describeEngines } from './describeEngines';
import { engineLimits } from './engineLimits';
import { OUR_ENGINES, type EngineRegistry } from './EngineRegistry';
import { adoptersImage, type EngineImages, type ImagePlatform } from './images';

const NAMES: Readonly<Record<ImagePlatform, string>> = {
  nvidia: 'NVIDIA GPUs',
  amd: 'AMD GPUs',
  intel: 'Intel GPUs',
  gaudi: 'Intel Gaudi',
  cpu: 'processor cores',
};

/**
 * Why an engine cannot serve any edition of a model on any device that it has an image for, as it says of the first of them.
 * `undefined` when there is a way; whether a cluster has such a device, and room on it, is for a plan to say.
 *
 * @public
 */
export function engineRefusal(
  engine: InferenceEngine,
  model: Model,
  adopters: EngineImages = {},
  engines: EngineRegistry = OUR_ENGINES,
): string | undefined {
  const spoke = engines.byName(engine);
  const images = engines.images(adopters);
  const platforms =
    describeEngines(adopters, engines).find(each => each.engine === engine)
      ?.platforms ?? [];
  let first: string | undefined;
  for (const platform of platforms) {
    for (const { quantization, repository } of model.variants) {
      const modelId = repository ?? model.id;
      const refused = engineLimits(spoke, {
        platform,
        deviceName: NAMES[platform],
        sharing: 'Whole',
        gpuCount: platform === 'cpu' ? 0 : 1,
        model,
        modelId,
        quantization,
        kvCacheDtype: 'auto',
        ownImage:
          adoptersImage(engine, { platform, modelId }, images) !== undefined,
      }).find(({ severity }) => severity === 'Blocking');
      if (!refused) return undefined;
      first ??= refused.message;
    }
  }
  return first;
}
