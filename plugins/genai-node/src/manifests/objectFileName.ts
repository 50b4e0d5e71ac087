import type { KubernetesObjectLike } from './KubernetesObjectLike';

/** Names of the files in which objects are rendered: the kind, and the name too where it is not the first of its kind. */
export function objectFileNames(
  objects: readonly KubernetesObjectLike[],
): string[] {
  const kinds = objects.map(({ kind }) => kind);
  return objects.map(({ kind, metadata }, index) =>
    kinds.indexOf(kind) === index
      ? `${kind.toLowerCase()}.yaml`
      : `${kind.toLowerCase()}-${metadata.name}.yaml`,
  );
}
