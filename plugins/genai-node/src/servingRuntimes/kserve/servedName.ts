import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';

/** By default KServe serves a model under the name of its InferenceService. */
export function kserveServedName({ metadata, spec }: InferenceSpec): string {
  return spec.model.servedName ?? metadata.name;
}
