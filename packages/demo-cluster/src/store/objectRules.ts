import { KubeObject, ResourceId } from './ObjectStore';

/** Whether a pod has a kubelet that has to end it. */
export function endsGracefully(
  resource: ResourceId,
  object: KubeObject,
): boolean {
  const { nodeName } = (object.spec ?? {}) as { nodeName?: string };
  const { phase } = (object.status ?? {}) as { phase?: string };
  return (
    resource.group === '' &&
    resource.plural === 'pods' &&
    Boolean(nodeName) &&
    phase !== 'Succeeded' &&
    phase !== 'Failed'
  );
}

/** What a change of `metadata.generation` hangs on. */
export function specOf(object: KubeObject): Record<string, unknown> {
  const {
    metadata: _metadata,
    status: _status,
    apiVersion: _apiVersion,
    ...rest
  } = object;
  return rest;
}

/** What every namespace has, so that it can be found by its name and is only removed once it is empty. */
export function withNamespaceDefaults(object: KubeObject): KubeObject {
  const { metadata } = object;
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: {
        ...metadata.labels,
        'kubernetes.io/metadata.name': metadata.name,
      },
    },
    spec: { finalizers: ['kubernetes'], ...(object.spec as object) },
    status: { phase: 'Active', ...(object.status as object) },
  };
}
