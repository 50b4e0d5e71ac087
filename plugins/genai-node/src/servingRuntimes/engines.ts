import type {
  InferenceEngine,
  KnownEngine,
} from '@promptside/backstage-plugin-genai-common';
import type { EngineSpoke } from './EngineSpoke';
import { kserve } from './kserve';
import { llamaCpp } from './llamaCpp';
import { nim } from './nim';
import { sglang } from './sglang';
import { tei } from './tei';
import { tgi } from './tgi';
import { tgiSubstratus } from './tgiSubstratus';
import { triton } from './triton';
import { vllm } from './vllm';

/** Every engine that renders. Adding one is a folder and a line here. */
const SPOKES: readonly EngineSpoke[] = [
  vllm,
  sglang,
  triton,
  kserve,
  nim,
  tgi,
  tgiSubstratus,
  llamaCpp,
  tei,
];

const BY_NAME = new Map<InferenceEngine, EngineSpoke>(
  SPOKES.map(spoke => [spoke.engine, spoke]),
);

/** All engines of ours, the default first. */
export function allEngines(): readonly EngineSpoke[] {
  return SPOKES;
}

/** The engine of ours of that key. */
export function engineByName(engine: KnownEngine): EngineSpoke {
  const spoke = BY_NAME.get(engine);
  if (!spoke) throw new Error(`No serving runtime renders "${engine}"`);
  return spoke;
}
