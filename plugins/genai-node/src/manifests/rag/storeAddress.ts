import type {
  RagSpec,
  RagStoreKind,
  SecretKey,
} from '@promptside/backstage-plugin-genai-common';
import { PORTS } from './ports';

/** Name of the store that is made for a service. */
export function ownStoreName({ metadata }: RagSpec): string {
  return `${metadata.name}-store`;
}

/** Name of the Service behind which a store of ours listens: that of the chart, of CloudNativePG's primary, of the Milvus operator. */
const SERVICE_SUFFIX: Readonly<Record<RagStoreKind, string>> = {
  chroma: '',
  pgvector: '-rw',
  milvus: '-milvus',
};

/** Address of the store without credentials; undefined where only a Secret knows it. */
export function storeAddressOf(spec: RagSpec): string | undefined {
  const { store, target } = spec.spec;
  if (!store.create) return store.url;
  const { kind } = store;
  const host = `${ownStoreName(spec)}${SERVICE_SUFFIX[kind]}.${target.namespace}.svc`;
  return kind === 'pgvector'
    ? `postgresql://${host}:${PORTS.pgvector}`
    : `http://${host}:${PORTS[kind]}`;
}

/** Where the connection string of PostgreSQL lies; undefined for stores that are reached by an open address. */
export function storeSecretOf(spec: RagSpec): SecretKey | undefined {
  const { store } = spec.spec;
  if (store.kind !== 'pgvector') return undefined;
  // The operator of CloudNativePG writes the Secret of the application's user.
  return store.create
    ? { name: `${ownStoreName(spec)}-app`, key: 'uri' }
    : store.urlSecret;
}
