import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { OUR_ENGINES, type EngineRegistry } from './EngineRegistry';
import type { EngineSpoke } from './EngineSpoke';

/**
 * Where a spec carries the engine that its name stands for. Copies made by spreading keep it; YAML, JSON and schemas do not see
 * it. So the builders, which all take a spec, need not hand a registry from one to the other.
 */
const ENGINE = Symbol('engine');

type CarryingSpec = InferenceSpec & { readonly [ENGINE]?: EngineSpoke };

/** The spec with its engine looked up. @throws InputError for a name that nobody added */
export function withEngine(
  spec: InferenceSpec,
  engines: EngineRegistry | undefined,
): InferenceSpec {
  if (!engines) return spec;
  const carrying: CarryingSpec = {
    ...spec,
    [ENGINE]: engines.byName(spec.spec.engine.name),
  };
  return carrying;
}

/** The engine of a spec: the one it carries, else the one of ours that it names. @throws InputError when there is none */
export function engineOf(spec: InferenceSpec): EngineSpoke {
  const carrying: CarryingSpec = spec;
  return carrying[ENGINE] ?? OUR_ENGINES.byName(spec.spec.engine.name);
}
