import type {
  RagSpec,
  VectorStoreSpec,
} from '@promptside/backstage-plugin-genai-common';

/** The store as the path of stores makes one; undefined where an existing one is used. */
export function ownStoreSpec(spec: RagSpec): VectorStoreSpec | undefined {
  const { store, target } = spec.spec;
  if (!store.create) return undefined;
  const { name, owner, system } = spec.metadata;
  const { replicas, ...storage } = store.create;
  return {
    apiVersion: 'promptside.io/v1',
    kind: 'VectorStore',
    metadata: {
      name: ownStoreName(spec),
      description: `Vector store of ${name}`,
      owner,
      ...(system ? { system } : {}),
    },
    spec: { engine: store.kind, target, replicas, storage },
  };
}

/** Name of the store that is made for a service. */
export function ownStoreName({ metadata }: RagSpec): string {
  return `${metadata.name}-store`;
}
