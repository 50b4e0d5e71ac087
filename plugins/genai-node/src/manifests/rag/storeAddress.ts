import type {
  RagSpec,
  SecretKey,
} from '@promptside/backstage-plugin-genai-common';
import { vectorStoreEndpointOf } from '../vectorStore/storeAddress';
import { ownStoreName, ownStoreSpec } from './ownStore';

/** Address of the store without credentials; undefined where only a Secret knows it. @public */
export function storeAddressOf(spec: RagSpec): string | undefined {
  const own = ownStoreSpec(spec);
  return own ? vectorStoreEndpointOf(own) : spec.spec.store.url;
}

/** Suffix of the Secret in which CloudNativePG keeps the address for the application's user. */
const CNPG_SECRET = /^(.+)-app$/;

/**
 * `namespace/name` of a PostgreSQL whose address lies in a Secret, as far as the Secret's name is the one that CloudNativePG gives;
 * nobody reads the Secret to make sure.
 */
export function storeNameOf({ spec }: RagSpec): string | undefined {
  const { store, target } = spec;
  const cluster = CNPG_SECRET.exec(store.urlSecret?.name ?? '')?.[1];
  return cluster && `${store.namespace ?? target.namespace}/${cluster}`;
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
