import type { PlanReason } from '@promptside/backstage-plugin-genai-common';
import { engineLimits } from '../servingRuntimes/engineLimits';
import type { ImagePlatform } from '../servingRuntimes/images';
import type { Ask } from './Attempt';
import type { PlanDevice } from './judgeReplica';

/**
 * Warnings of engines that doubt whether the server starts at all. Every other warning is for the person who deploys: the
 * state of a project, Pod Security, speed.
 */
const DOUBTS: ReadonlySet<string> = new Set([
  'DeviceNotValidated',
  'ExperimentalImage',
  'Fp8CacheUnproven',
  'NoFlashAttention',
  'ProfileForSliceUnsure',
]);

/** What images are built for, by what is known of the device. */
export function platformOfDevice({
  vendor,
  product,
}: Pick<PlanDevice, 'vendor' | 'product'>): ImagePlatform {
  return product?.architecture === 'HPU' ? 'gaudi' : vendor;
}

/** What the engine itself has to say. Its notices are `Info` here: they make no plan tight. */
export function judgeEngine(
  ask: Ask,
  device: PlanDevice,
  gpuCount: number,
): PlanReason[] {
  const { product } = device;
  return engineLimits(ask.spoke, {
    platform: platformOfDevice(device),
    deviceName: device.name,
    ...(product ? { product } : {}),
    sharing: device.sharing,
    gpuCount,
    model: ask.model,
    modelId: ask.model.id,
    quantization: ask.variant.quantization,
    kvCacheDtype: ask.kvCacheDtype,
    ownImage: ask.ownImage ?? false,
    ...(ask.engineVersion ? { engineVersion: ask.engineVersion } : {}),
  }).map(reason =>
    reason.severity === 'Warning' && !DOUBTS.has(reason.code)
      ? { ...reason, severity: 'Info' as const }
      : reason,
  );
}
