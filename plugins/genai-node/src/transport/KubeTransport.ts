/**
 * One cluster as the Kubernetes plugin lists it: no URL and no credential ever leave that plugin.
 *
 * @public
 */
export interface KubeCluster {
  /** Name in the Kubernetes plugin's configuration. */
  name: string;
  /** Name for people, when the configuration gives one. */
  title?: string;
  /** Authentication provider, e.g. `serviceAccount`. */
  authProvider?: string;
}

/**
 * What may be said in a request to a cluster.
 *
 * @public
 */
export interface KubeRequestInit {
  /** Default `GET`. */
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /**
   * The answer may come compressed by gzip, and the caller inflates it where it does. Not for watches: whatever compresses
   * holds their events back. Default `false`.
   */
  compressed?: boolean;
  signal?: AbortSignal;
}

/**
 * The only way to a Kubernetes API. An answer of any status resolves; only a connection that yields no answer rejects.
 *
 * @public
 */
export interface KubeTransport {
  /** Clusters of the Kubernetes plugin. Rejects with a `ResponseError` when the plugin does not answer with 2xx. */
  clusters(signal?: AbortSignal): Promise<KubeCluster[]>;
  /**
   * Sends a request to the API server of `cluster`.
   *
   * @param cluster - name as in `clusters()`
   * @param path - absolute path with query, e.g. `/api/v1/pods?limit=500`
   */
  request(
    cluster: string,
    path: string,
    init?: KubeRequestInit,
  ): Promise<Response>;
}
