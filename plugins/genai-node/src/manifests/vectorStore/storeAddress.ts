import type { VectorStoreSpec } from '@promptside/backstage-plugin-genai-common';

/** Address of a store that the golden path makes, inside its cluster and without credentials. @public */
export function vectorStoreEndpointOf(spec: VectorStoreSpec): string {
  const { name } = spec.metadata;
  const { engine, target } = spec.spec;
  const host = (service: string) => `${service}.${target.namespace}.svc`;
  switch (engine) {
    case 'pgvector':
      return `postgresql://${host(`${name}-rw`)}:5432`;
    case 'milvus':
      return `http://${host(`${name}-milvus`)}:19530`;
    default:
      return `http://${host(name)}:8000`;
  }
}
