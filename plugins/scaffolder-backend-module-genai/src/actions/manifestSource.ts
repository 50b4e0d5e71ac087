import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import {
  asKubeManifest,
  readManifests,
  type KubeManifest,
} from '../kubernetes/KubeManifest';

/**
 * The manifests of an action: objects handed over by a render step, or plain YAML files in the workspace.
 *
 * @throws InputError when there is neither, both, or nothing in them.
 */
export async function manifestsFrom(
  input: { manifests?: unknown[]; path?: string },
  workspacePath: string,
): Promise<KubeManifest[]> {
  if ((input.manifests === undefined) === (input.path === undefined)) {
    throw new InputError('Give either manifests or path');
  }
  const manifests = input.manifests
    ? input.manifests.map((value, index) =>
        asKubeManifest(value, `manifests[${index}]`),
      )
    : await readManifests(
        resolveSafeChildPath(workspacePath, input.path!),
        workspacePath,
      );
  if (manifests.length === 0) {
    throw new InputError(
      `${input.path ? `path: "${input.path}"` : 'manifests'} has no Kubernetes object`,
    );
  }
  return manifests;
}

/** Namespaces that the manifests write to. */
export function namespacesOf(manifests: readonly KubeManifest[]): string[] {
  return [
    ...new Set(
      manifests
        .map(({ metadata }) => metadata.namespace)
        .filter((name): name is string => name !== undefined),
    ),
  ];
}
