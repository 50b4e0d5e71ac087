import type { Config } from '@backstage/config';
import {
  createEngineRegistry,
  parseEngineImages,
  type AddedServingRuntime,
  type EngineImages,
  type EngineRegistry,
  type GpuPrices,
} from '@promptside/backstage-plugin-genai-node';
import { readGpuPrices } from './readGpuPrices';

/** What an adopter decides for all plans. */
export interface PlanSettings {
  /** What GPUs cost; absent: plans tell no price. */
  readonly prices?: GpuPrices;
  /** The adopter's table, laid over the pinned images. */
  readonly images: EngineImages;
  /** Engines that are offered: ours, and those of modules. */
  readonly engines: EngineRegistry;
  /** Namespaces without a ResourceQuota on the GPUs are refused. */
  readonly requireQuota: boolean;
}

/**
 * Reads `genai.prices`, `genai.images` and `genai.plan`.
 *
 * @throws InputError or TypeError that names the key
 */
export function readPlanSettings(
  root: Config,
  servingRuntimes: readonly AddedServingRuntime[] = [],
): PlanSettings {
  const prices = readGpuPrices(root);
  return {
    ...(prices ? { prices } : {}),
    // As a whole: rows such as "nvidia/8.9" are no paths of keys.
    images: parseEngineImages(root.getOptional('genai.images')),
    engines: createEngineRegistry(servingRuntimes),
    requireQuota: root.getOptionalBoolean('genai.plan.requireQuota') ?? false,
  };
}
