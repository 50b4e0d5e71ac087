import type {
  KubernetesObjectLike,
  RenderedFile,
} from './KubernetesObjectLike';
import { objectFileNames } from './objectFileName';
import { RENDERED } from './rendered';
import { toYaml } from './toYaml';

/** A base with every object in a file of its own. */
export function plainBase(
  objects: readonly KubernetesObjectLike[],
  comment: readonly string[] = RENDERED,
): RenderedFile[] {
  const files = objectFiles(objects, comment);
  return [
    ...files.map(({ path, content }) => ({ path: `base/${path}`, content })),
    kustomization(
      'base',
      { resources: files.map(({ path }) => path) },
      comment,
    ),
  ];
}

/** One file an object, without its place. */
export function objectFiles(
  objects: readonly KubernetesObjectLike[],
  comment: readonly string[] = RENDERED,
): RenderedFile[] {
  const names = objectFileNames(objects);
  return objects.map((object, index) => ({
    path: names[index],
    content: toYaml(withoutPlace(object), { comment }),
  }));
}

/** The base holds what is the same everywhere; namespace and replicas are the overlay's. */
export function withoutPlace(object: KubernetesObjectLike): object {
  const { namespace: _, ...metadata } = object.metadata;
  const { spec } = object as { spec?: { replicas?: number } };
  if (object.kind !== 'Deployment' || !spec) return { ...object, metadata };
  const { replicas: __, ...rest } = spec;
  return { ...object, metadata, spec: rest };
}

/** The file by which Kustomize finds the others in its folder. */
export function kustomization(
  folder: string,
  content: object,
  comment: readonly string[] = RENDERED,
): RenderedFile {
  return {
    path: `${folder}/kustomization.yaml`,
    content: toYaml(
      {
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        ...content,
      },
      { comment },
    ),
  };
}
