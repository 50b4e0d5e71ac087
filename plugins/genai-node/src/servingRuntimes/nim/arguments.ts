import type { EngineQuestion } from '../EngineSpoke';

/** Settings of a NIM 2.0 as environment variables; the profile with its parallelism is NIM's own choice by the GPUs it finds. */
export function nimSettings({ spec }: EngineQuestion): Record<string, string> {
  return { NIM_MAX_MODEL_LEN: String(spec.spec.contextLength) };
}
