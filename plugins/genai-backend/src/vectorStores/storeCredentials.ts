import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/** A secret for the probes of one store. */
export interface StoreCredential {
  readonly name: string;
  /** The store it is. */
  readonly cluster: string;
  readonly namespace: string;
  readonly store: string;
  /** API key, token, or `user:password`. */
  readonly token: string;
  /** Base of its API as the portal reaches it, without a slash at the end; absent: through the API server. */
  readonly url?: string;
}

const KEY = 'genai.vectorStores.credentials';
const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost'];

/** Reads and checks `genai.vectorStores.credentials`; a wrong value throws an error that names its key. */
export function readStoreCredentials(root: Config): StoreCredential[] {
  const sources = root.getOptionalConfig(KEY);
  return (sources?.keys() ?? []).map(name => {
    const source = sources!.getConfig(name);
    const namespace = source.getString('namespace');
    const url = source.getOptionalString('url');
    return {
      name,
      cluster: source.getString('cluster'),
      namespace,
      store: source.getString('store'),
      token: readToken(source, `${KEY}.${name}.token`),
      ...(url ? { url: readUrl(url, namespace, `${KEY}.${name}.url`) } : {}),
    };
  });
}

function readToken(source: Config, key: string): string {
  const token = source.getString('token');
  // what a header cannot hold would fail with every probe, in words that quote it
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new InputError(`${key} must be printable ASCII without spaces`);
  }
  return token;
}

/** The secret goes nowhere in the clear but inside a cluster, and there to no other namespace than the store's. */
function readUrl(text: string, namespace: string, key: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw new InputError(`${key} must be an address with http or https`);
  }
  if (url.username || url.password || url.search || url.hash) {
    throw new InputError(
      `${key} must have no user, password, query or fragment`,
    );
  }
  const [, home] = /^[^.]+\.([^.]+)\.svc(\.|$)/.exec(url.hostname) ?? [];
  if (home !== undefined && home !== namespace) {
    throw new InputError(
      `${key} leads to namespace "${home}", the store is in "${namespace}"`,
    );
  }
  const inside = home !== undefined || LOOPBACK.includes(url.hostname);
  if (url.protocol === 'http:' && !inside) {
    throw new InputError(
      `${key} must use https, or lead to a Service as <name>.${namespace}.svc`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/$/, '');
}
