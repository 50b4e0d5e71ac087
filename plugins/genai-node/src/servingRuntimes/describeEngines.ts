import type {
  InferenceEngine,
  ModelTask,
} from '@promptside/backstage-plugin-genai-common';
import type { EngineSpoke } from './EngineSpoke';
import { allEngines } from './engines';
import { ENGINE_IMAGES, type EngineImages, type ImagePlatform } from './images';

/** What a form needs to offer an engine. @public */
export interface EngineDescription {
  engine: InferenceEngine;
  title: string;
  tasks: readonly ModelTask[];
  deployedBy: EngineSpoke['deployedBy'];
  /** Devices with a pinned image, in the order of the table. */
  platforms: ImagePlatform[];
  /** State of the project that a person should know before choosing. */
  notice?: string;
}

/**
 * The engines that render, the default first.
 *
 * @param images - rows of an adopter; they may bring devices that ours have no image for
 * @public
 */
export function describeEngines(
  images: EngineImages = {},
): EngineDescription[] {
  return allEngines().map(({ engine, title, tasks, deployedBy, notice }) => {
    const rows = Object.keys({ ...ENGINE_IMAGES[engine], ...images[engine] });
    const platforms = rows.map(row => row.split('/')[0] as ImagePlatform);
    return {
      engine,
      title,
      tasks,
      deployedBy,
      platforms: [...new Set(platforms)],
      ...(notice ? { notice } : {}),
    };
  });
}
