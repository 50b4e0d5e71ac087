import type { V1Job } from '@kubernetes/client-node';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';

interface Selecting extends KubernetesObjectLike {
  spec?: {
    selector?: { matchLabels?: Record<string, string> } & Record<
      string,
      unknown
    >;
    podSelector?: { matchLabels?: Record<string, string> };
  };
}

/** Objects of a service other than the Job's own policy whose selector finds the Job's pods. */
export function serviceSelects(
  objects: readonly KubernetesObjectLike[],
  job: V1Job,
): string[] {
  const labels = job.spec!.template.metadata!.labels!;
  return (objects as readonly Selecting[])
    .filter(
      ({ kind, metadata }) =>
        kind !== 'NetworkPolicy' || !metadata.name.endsWith('-weights'),
    )
    .filter(({ spec }) => {
      const selector =
        spec?.podSelector?.matchLabels ??
        spec?.selector?.matchLabels ??
        spec?.selector;
      return (
        selector !== undefined &&
        Object.entries(selector).every(([key, value]) => labels[key] === value)
      );
    })
    .map(({ kind, metadata }) => `${kind} ${metadata.name}`);
}
