/**
 * Folder of the overlay for a cluster. Cluster names may hold slashes and colons, folders here may not.
 *
 * @public
 */
export function overlayPath(cluster: string): string {
  return `overlays/${cluster.replace(/[^A-Za-z0-9._-]+/g, '-')}`;
}
