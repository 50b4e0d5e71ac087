import type {
  KubernetesObjectLike,
  RenderedFile,
} from '../KubernetesObjectLike';
import { RENDERED } from '../rendered';
import { toYaml } from '../toYaml';

/** `kustomization.yaml` would be Kustomize's own file, so the name tells whose object it is. */
export function deliveryFile(
  object: KubernetesObjectLike,
  comment: readonly string[] = RENDERED,
): RenderedFile {
  const { apiVersion, kind } = object;
  const owner = apiVersion.startsWith('argoproj.io/') ? 'argo' : 'flux';
  return {
    path: `delivery/${owner}-${kind.toLowerCase()}.yaml`,
    content: toYaml(object, { comment }),
  };
}
