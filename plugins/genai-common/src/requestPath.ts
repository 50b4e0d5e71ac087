/** An object on a cluster that is shown by itself. @public */
export interface GenaiObjectRef {
  cluster: string;
  namespace: string;
  name: string;
}

/** Path of one object below its collection. */
export function objectPath(collection: string, ref: GenaiObjectRef): string {
  const { cluster, namespace, name } = ref;
  const parts = [cluster, namespace, name].map(encodeURIComponent);
  return `${collection}/${parts.join('/')}`;
}

/** The path with those values of the query that are there. */
export function withQuery(
  path: string,
  query: Record<string, string | number | undefined>,
): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) params.set(key, String(value));
  }
  return params.size > 0 ? `${path}?${params}` : path;
}
