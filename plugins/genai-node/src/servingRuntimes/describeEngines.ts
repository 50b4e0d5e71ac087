import type {
  InferenceEngine,
  ModelTask,
} from '@promptside/backstage-plugin-genai-common';
import type { EngineSpoke } from './EngineSpoke';
import { OUR_ENGINES, type EngineRegistry } from './EngineRegistry';
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
 * @param adopters - rows of an adopter; they may bring devices that ours have no image for
 * @public
 */
export function describeEngines(
  adopters: EngineImages = {},
  engines: EngineRegistry = OUR_ENGINES,
): EngineDescription[] {
  const images = engines.images(adopters);
  return engines.all().map(({ engine, title, tasks, deployedBy, notice }) => {
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
