import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { findProduct, readAcceleratorResource } from '../accelerators';
import { variantOfSpec, weightsBytesOfSpec } from '../models/variantOfSpec';
import type { EngineQuestion } from './EngineSpoke';
import { adoptersImage, type EngineImages, type ImagePlatform } from './images';

/** What images are built for, by vendor and extended resource; without devices the processor. */
export function platformOf(
  accelerator:
    { vendor: 'nvidia' | 'amd' | 'intel'; resource: string } | undefined,
): ImagePlatform {
  if (!accelerator) return 'cpu';
  return accelerator.resource === 'habana.ai/gaudi'
    ? 'gaudi'
    : accelerator.vendor;
}

/** The question that a spec puts to its engine. */
export function engineQuestion(
  spec: InferenceSpec,
  model: Model | undefined,
  images?: EngineImages,
): EngineQuestion {
  const { accelerator, engine, kvCacheDtype, model: asked } = spec.spec;
  const product =
    accelerator &&
    findProduct(
      accelerator.vendor,
      accelerator.product?.replace(/(-MIG-[^-]+)?(-SHARED)?$/, ''),
    );
  const platform = platformOf(accelerator);
  const device = {
    platform,
    modelId: asked.id,
    ...(product ? { product } : {}),
  };
  return {
    spec,
    platform,
    deviceName:
      accelerator?.product ?? accelerator?.resource ?? 'processor cores',
    ...(product ? { product } : {}),
    sharing:
      (accelerator && readAcceleratorResource(accelerator.resource)?.sharing) ??
      'Whole',
    gpuCount: accelerator?.count ?? 0,
    ...(model ? { model } : {}),
    modelId: asked.id,
    quantization: model
      ? variantOfSpec(spec.spec, model).quantization
      : (asked.quantization ?? (asked.file ? 'gguf' : 'none')),
    kvCacheDtype: kvCacheDtype ?? 'auto',
    ownImage:
      engine.image !== undefined ||
      adoptersImage(engine.name, device, images) !== undefined,
    weightsBytes: weightsBytesOfSpec(spec, model),
  };
}
