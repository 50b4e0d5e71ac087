import { Cluster } from '../Cluster';
import { Container, Pod } from '../kubeTypes';

/** Why a volume cannot be mounted, in the kubelet's words; `undefined` when all can. */
export function findMountProblem(
  cluster: Cluster,
  pod: Pod,
): string | undefined {
  const { namespace } = pod.metadata;
  for (const volume of pod.spec.volumes ?? []) {
    const { secret, configMap, name } = volume;
    if (
      secret &&
      !secret.optional &&
      !cluster.get('secrets', namespace, secret.secretName)
    ) {
      return `MountVolume.SetUp failed for volume "${name}" : secret "${secret.secretName}" not found`;
    }
    if (
      configMap &&
      !configMap.optional &&
      !cluster.get('configmaps', namespace, configMap.name)
    ) {
      return `MountVolume.SetUp failed for volume "${name}" : configmap "${configMap.name}" not found`;
    }
  }
  return undefined;
}

/**
 * Why a container cannot be created, in the kubelet's words: an environment variable refers to a Secret or ConfigMap, or to
 * a key of one, that is not there. Only the names of keys are looked at.
 */
export function findConfigProblem(
  cluster: Cluster,
  pod: Pod,
  container: Container,
): string | undefined {
  const { namespace } = pod.metadata;
  const sources = [
    ['secrets', 'secret', 'Secret', 'secretKeyRef', 'secretRef'],
    ['configmaps', 'configmap', 'ConfigMap', 'configMapKeyRef', 'configMapRef'],
  ] as const;
  for (const [resource, word, kind, keyField, refField] of sources) {
    for (const entry of container.envFrom ?? []) {
      const reference = entry[refField];
      if (
        reference &&
        !reference.optional &&
        !cluster.get(resource, namespace, reference.name)
      ) {
        return `${word} "${reference.name}" not found`;
      }
    }
    for (const { valueFrom } of container.env ?? []) {
      const reference = valueFrom?.[keyField];
      if (!reference || reference.optional) {
        continue;
      }
      const name = reference.name ?? '';
      const object = cluster.get(resource, namespace, name);
      if (!object) {
        return `${word} "${name}" not found`;
      }
      if (!Object.keys(object.data ?? {}).includes(reference.key)) {
        return `couldn't find key ${reference.key} in ${kind} ${namespace}/${name}`;
      }
    }
  }
  return undefined;
}
