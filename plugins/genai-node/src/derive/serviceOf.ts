/**
 * `service.namespace` of an address in the cluster; `undefined` of one outside. `name.namespace` without `svc` looks like a host of the
 * internet, and is taken for one.
 *
 * @param own - namespace of whoever asks, for an address of one word
 */
export function serviceOf(address: string, own: string): string | undefined {
  const url = /^[a-z]+:\/\//.test(address) ? address : `tcp://${address}`;
  if (!URL.canParse(url)) return undefined;
  const [name, namespace, svc] = new URL(url).hostname.split('.');
  if (!name) return undefined;
  if (namespace === undefined) return `${name}.${own}`;
  return svc === 'svc' ? `${name}.${namespace}` : undefined;
}
