import { InputError } from '@backstage/errors';
import { posix } from 'node:path';

/** Short names that forms offer, for which the kind follows from the output. */
const BY_TOOL: Readonly<Record<string, (output?: string) => string>> = {
  Flux: output => (output === 'Helm' ? 'FluxHelmRelease' : 'FluxKustomization'),
  ArgoCD: () => 'ArgoApplication',
};

/** What a form knows of how a service gets to the cluster. Texts may be empty, which means absent. */
export interface DeliveryFormValues {
  output?: string;
  /** A kind of delivery, `Flux` or `ArgoCD` for the one that suits the output, or a map with `kind` and its settings. */
  delivery?: unknown;
  /** Address of the Git repository, for a delivery that names none. */
  repoUrl?: string;
  /** Folder of the repository that is rendered into. */
  targetPath?: string;
}

/**
 * The spec's fields `output` and `delivery`, yet to be checked. What is as by default is left out of the spec.
 *
 * @throws InputError that names the field without which nothing could be fetched
 */
export function composeDelivery({
  output,
  delivery,
  repoUrl,
  targetPath = '',
}: DeliveryFormValues): Record<string, unknown> {
  const wanted = typeof delivery === 'string' ? { kind: delivery } : delivery;
  const { kind: name } = (wanted ?? {}) as { kind?: unknown };
  const kind =
    typeof name === 'string' && Object.hasOwn(BY_TOOL, name)
      ? BY_TOOL[name](output)
      : name;
  const how = output && output !== 'Kustomize' ? { output } : {};
  if (!wanted || kind === '' || kind === 'None') return how;
  const settings = wanted as Record<string, unknown>;
  if (!repoUrl && !settings.repoUrl) {
    throw new InputError(
      `repoUrl: is missing; ${String(kind)} fetches the manifests from the Git repository at that address`,
    );
  }
  const folder = posix
    .normalize(targetPath)
    .replace(/^(\.?\/)+|\/+$|^\.$/g, '');
  return {
    ...how,
    delivery: {
      ...(repoUrl ? { repoUrl } : {}),
      ...(folder ? { path: folder } : {}),
      ...settings,
      kind,
    },
  };
}
