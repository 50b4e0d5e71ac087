import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { engineImage } from '../images';

/** NIM's name of the model is the path of its image below `nim/`; for an image elsewhere, what the spec says. */
export function nimServedName({ spec }: InferenceSpec): string {
  const image =
    spec.engine.image ??
    engineImage('nim', { platform: 'nvidia', modelId: spec.model.id });
  const [, path] = /(?:^|\/)nim\/([^:@]+)/.exec(image ?? '') ?? [];
  return spec.model.servedName ?? path ?? spec.model.id;
}
