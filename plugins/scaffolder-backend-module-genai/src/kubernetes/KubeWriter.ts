import {
  InputError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { MANAGED_BY } from '@promptside/backstage-plugin-genai-common';
import type { KubeTransport } from '@promptside/backstage-plugin-genai-node';
import { describeManifest, type KubeManifest } from './KubeManifest';
import { kubeStatusError } from './kubeStatusError';

interface ApiResource {
  name: string;
  kind: string;
  namespaced: boolean;
}

/** The API server does not know the kind: its CRD is not installed. */
export class KindNotInstalledError extends NotFoundError {
  constructor(
    readonly manifest: KubeManifest,
    cluster: string,
  ) {
    super(
      `${describeManifest(manifest)}: cluster "${cluster}" has no kind ${
        manifest.kind
      } in ${manifest.apiVersion}; the operator that brings it is not installed`,
    );
  }
}

/**
 * Writes to one cluster: server-side apply with our own field manager, reads and deletes by identity.
 * Each method rejects with an error of `@backstage/errors` that names object and way out.
 */
export interface KubeWriter {
  readonly cluster: string;
  get(manifest: KubeManifest): Promise<KubeManifest | undefined>;
  apply(
    manifest: KubeManifest,
    options?: { dryRun?: boolean; force?: boolean },
  ): Promise<KubeManifest>;
  remove(manifest: KubeManifest): Promise<boolean>;
  /** The same cluster, whether or not the task was cancelled: for taking back what was half done. */
  uncancelled(): KubeWriter;
}

export function createKubeWriter(options: {
  transport: KubeTransport;
  cluster: string;
  signal?: AbortSignal;
}): KubeWriter {
  const { transport, cluster, signal } = options;
  const discovery = new Map<string, Promise<ApiResource[]>>();

  const request = async (
    path: string,
    what: string,
    init: {
      method?: string;
      headers?: Record<string, string>;
      body?: string;
    } = {},
  ) => {
    try {
      return await transport.request(cluster, path, { ...init, signal });
    } catch (error) {
      signal?.throwIfAborted();
      throw new ServiceUnavailableError(
        `cluster: "${cluster}" cannot be reached for ${what}: ${
          error instanceof Error ? error.message : String(error)
        }`,
      );
    }
  };

  const apiRoot = (apiVersion: string) =>
    apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;

  const discover = async (manifest: KubeManifest): Promise<ApiResource[]> => {
    const what = `the API ${manifest.apiVersion}`;
    const response = await request(apiRoot(manifest.apiVersion), what);
    if (response.status === 404) return [];
    if (!response.ok) throw await kubeStatusError(response, what, cluster);
    const list = (await response.json()) as { resources?: ApiResource[] };
    return (list.resources ?? []).filter(({ name }) => !name.includes('/'));
  };

  const pathOf = async (manifest: KubeManifest): Promise<string> => {
    if (!/^([a-z0-9.-]+\/)?v[a-z0-9]+$/.test(manifest.apiVersion)) {
      throw new InputError(
        `${describeManifest(manifest)}: apiVersion "${
          manifest.apiVersion
        }" is not valid`,
      );
    }
    let resources = discovery.get(manifest.apiVersion);
    if (!resources) {
      resources = discover(manifest);
      discovery.set(manifest.apiVersion, resources);
    }
    const resource = (await resources).find(
      ({ kind }) => kind === manifest.kind,
    );
    if (!resource) throw new KindNotInstalledError(manifest, cluster);
    const { name, namespace } = manifest.metadata;
    if (resource.namespaced && !namespace) {
      throw new InputError(
        `${describeManifest(manifest)}: metadata.namespace is missing`,
      );
    }
    return [
      apiRoot(manifest.apiVersion),
      ...(resource.namespaced
        ? ['namespaces', encodeURIComponent(namespace!)]
        : []),
      resource.name,
      encodeURIComponent(name),
    ].join('/');
  };

  return {
    cluster,
    async get(manifest) {
      const what = describeManifest(manifest);
      const response = await request(await pathOf(manifest), what);
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      if (!response.ok) throw await kubeStatusError(response, what, cluster);
      return (await response.json()) as KubeManifest;
    },
    async apply(manifest, { dryRun = false, force = false } = {}) {
      const what = describeManifest(manifest);
      const query = new URLSearchParams({
        fieldManager: MANAGED_BY,
        fieldValidation: 'Strict',
        ...(dryRun ? { dryRun: 'All' } : {}),
        ...(force ? { force: 'true' } : {}),
      });
      const response = await request(
        `${await pathOf(manifest)}?${query}`,
        what,
        {
          method: 'PATCH',
          // JSON is YAML: the API server reads it, and no text is ever pasted into a document.
          headers: { 'Content-Type': 'application/apply-patch+yaml' },
          body: JSON.stringify(manifest),
        },
      );
      if (!response.ok) throw await kubeStatusError(response, what, cluster);
      return (await response.json()) as KubeManifest;
    },
    async remove(manifest) {
      const what = describeManifest(manifest);
      const response = await request(
        `${await pathOf(manifest)}?propagationPolicy=Background`,
        what,
        { method: 'DELETE' },
      );
      if (response.status === 404) {
        await response.body?.cancel();
        return false;
      }
      if (!response.ok) throw await kubeStatusError(response, what, cluster);
      await response.body?.cancel();
      return true;
    },
    uncancelled: () => createKubeWriter({ transport, cluster }),
  };
}
