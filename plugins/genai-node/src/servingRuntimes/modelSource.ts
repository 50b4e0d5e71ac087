import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import type { EngineCache } from './EngineSpoke';

/** All replicas read weights that a Job has put into one volume. */
export function sharesWeights({ spec }: InferenceSpec): boolean {
  return spec.storage.mode === 'Shared';
}

/**
 * Folder of the weights in the shared volume: one a model and commit, so that a new revision never touches what servers read.
 * Ids and commits hold no character that a path would mind.
 */
export function weightsFolder({ spec }: InferenceSpec): string {
  const { id, revision } = spec.model;
  return `${id.replace('/', '--')}/${revision}`;
}

/** What an engine is told to load. */
export interface ModelSource {
  /** Hugging Face id, or a folder. */
  model: string;
  /** Only with an id: a folder is of one revision already. */
  revision?: string;
}

/** The hub's id, or the folder in the shared volume. */
export function modelSource(
  spec: InferenceSpec,
  { modelPath }: EngineCache,
): ModelSource {
  const { id, revision } = spec.spec.model;
  if (sharesWeights(spec)) {
    return { model: `${modelPath}/${weightsFolder(spec)}` };
  }
  return { model: id, ...(revision ? { revision } : {}) };
}

/** Variables that name places for downloads. */
const HUB_PLACES = ['HF_HOME', 'HUGGINGFACE_HUB_CACHE', 'LLAMA_CACHE'];

/**
 * Environment of an engine's caches. With shared weights nothing is downloaded and the volume is read-only: the hub's libraries
 * are told so, or they would ask it for news of every file at each start.
 */
export function cacheVariables(
  spec: InferenceSpec,
  { variables, homePath }: EngineCache,
): Record<string, string> {
  if (!sharesWeights(spec)) return { ...variables };
  const moved = Object.entries(variables).map(([name, value]) => [
    name,
    HUB_PLACES.includes(name) ? `${homePath}/.cache/huggingface` : value,
  ]);
  return {
    ...Object.fromEntries(moved),
    HF_HUB_OFFLINE: '1',
    TRANSFORMERS_OFFLINE: '1',
  };
}
