import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';

/** The model's folder in the repository, by which clients ask for it. */
export function tritonServedName({ metadata, spec }: InferenceSpec): string {
  return spec.model.servedName ?? metadata.name;
}
