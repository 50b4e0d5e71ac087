import { InputError } from '@backstage/errors';
import {
  addedEngineSchema,
  type InferenceEngine,
} from '@promptside/backstage-plugin-genai-common';
import type { AddedServingRuntime } from './AddedServingRuntime';
import { addedSpoke } from './addedSpoke';
import type { EngineSpoke } from './EngineSpoke';
import { allEngines } from './engines';
import type { EngineImages } from './images';

/**
 * The engines that plan, render and form offer: ours, the default first, then those that modules added. Made once at the start
 * and handed on; there is none that lives in the package.
 *
 * @public
 */
export interface EngineRegistry {
  all(): readonly EngineSpoke[];
  /** @throws InputError that lists the engines there are */
  byName(engine: InferenceEngine): EngineSpoke;
  /** Images of added engines, with an adopter's table laid over them. Ours are not in it. */
  images(adopters?: EngineImages): EngineImages;
}

/**
 * The registry with what modules added; runtimes without an `engine` are recognised and not offered.
 *
 * @throws Error that names an engine that was added twice, or whose name is not `<house>/<engine>`
 * @public
 */
export function createEngineRegistry(
  added: readonly AddedServingRuntime[] = [],
): EngineRegistry {
  const spokes = new Map<InferenceEngine, EngineSpoke>(
    allEngines().map(spoke => [spoke.engine, spoke]),
  );
  let addedImages: EngineImages = {};
  for (const runtime of added) {
    const { engine } = runtime;
    if (!engine) continue;
    if (!addedEngineSchema.safeParse(engine.name).success) {
      throw new Error(
        `Serving runtime "${runtime.title}": the engine's name must be <house>/<engine> in lower case, not "${engine.name}"`,
      );
    }
    const like = spokes.get(engine.sizedAs);
    if (!like) {
      throw new Error(
        `Serving runtime "${runtime.title}": sizedAs must be an engine of ours, not "${engine.sizedAs}"`,
      );
    }
    if (spokes.has(engine.name)) {
      throw new Error(`Engine "${engine.name}" was added twice`);
    }
    spokes.set(engine.name, addedSpoke(runtime, engine, like));
    addedImages = { ...addedImages, [engine.name]: engine.images };
  }
  return {
    all: () => [...spokes.values()],
    byName(name) {
      const spoke = spokes.get(name);
      if (spoke) return spoke;
      throw new InputError(
        `engine: there is no engine "${name}"; known are ${[...spokes.keys()].join(', ')}`,
      );
    },
    images: (adopters = {}) => layOver(addedImages, adopters),
  };
}

/** The engines of this package alone. */
export const OUR_ENGINES: EngineRegistry = createEngineRegistry();

/** Every image that is not ours: an adopter's table over those of added engines. */
export function imagesOf({
  images,
  engines = OUR_ENGINES,
}: {
  images?: EngineImages;
  engines?: EngineRegistry;
}): EngineImages {
  return engines.images(images);
}

function layOver(below: EngineImages, above: EngineImages): EngineImages {
  const rows = Object.entries(below).map(([engine, images]) => [
    engine,
    { ...images, ...above[engine as InferenceEngine] },
  ]);
  return { ...above, ...Object.fromEntries(rows) };
}
