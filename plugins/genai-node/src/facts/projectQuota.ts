import { readAcceleratorResource } from '../accelerators/registry';
import { parseDeviceCount } from '../quantities';
import type { QuotaFact } from './Fact';
import { asNamespaced, identityOf } from './identity';
import { intern } from './intern';

/** Quota of an extended resource can only be set on requests. */
const PREFIX = 'requests.';

/** Accelerator lines of a ResourceQuota whose use the cluster has counted; `undefined` when it has none. */
export function projectQuota(raw: unknown): QuotaFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { hard = {}, used = {} } = object.status ?? {};
  const lines = Object.keys(hard)
    .sort()
    .flatMap(key => {
      const resource = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : '';
      const limit = parseDeviceCount(hard[key]);
      const count = parseDeviceCount(used[key]);
      return readAcceleratorResource(resource) &&
        limit !== undefined &&
        count !== undefined
        ? [{ resource: intern(resource), hard: limit, used: count }]
        : [];
    });
  return lines.length === 0
    ? undefined
    : { resource: 'resourcequotas', ...identityOf(object), lines };
}
