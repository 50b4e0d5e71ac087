import type { V1EnvVar } from '@kubernetes/client-node';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { sharesWeights } from './modelSource';

/** Environment with literal values, in their order. */
export function variables(
  values: Readonly<Record<string, string>>,
): V1EnvVar[] {
  return Object.entries(values).map(([name, value]) => ({ name, value }));
}

/**
 * The hub's token by reference: its value is known to the kubelet alone. Empty without one, and for servers that read what a Job
 * has downloaded.
 */
export function hubToken(spec: InferenceSpec): V1EnvVar[] {
  return sharesWeights(spec) ? [] : downloadToken(spec);
}

/** The same for whoever downloads. */
export function downloadToken({ spec }: InferenceSpec): V1EnvVar[] {
  const { tokenSecret } = spec.model;
  return tokenSecret
    ? [{ name: 'HF_TOKEN', valueFrom: { secretKeyRef: tokenSecret } }]
    : [];
}

/** `--name=value` as one word, so that no value can be taken for a flag; nothing passes a shell. */
export function flag(name: string, value: string | number): string {
  return `--${name}=${value}`;
}
