import { readAcceleratorResource } from '../accelerators/registry';
import { parseDeviceCount, parseQuantity } from '../quantities';
import { asNamespaced, identityOf } from './identity';
import { intern } from './intern';
import type { QuotaFact, QuotaLine } from './QuotaFact';

/** As much of a ResourceQuota's scopes as is read (core/v1). */
interface RawScopes {
  scopes?: string[];
  scopeSelector?: { matchExpressions?: { scopeName?: string }[] };
}

/** Quota of an extended resource can only be set on requests. */
const PREFIX = 'requests.';

/** What a service takes besides devices. Ephemeral storage is not among it: our containers ask for none. */
const OTHERS =
  /^((requests\.|limits\.)?(cpu|memory)|requests\.storage|.+\.storageclass\.storage\.k8s\.io\/.+|pods|services|configmaps|persistentvolumeclaims|count\/.+)$/;

/** Pods that a server's never are: ours ask for resources, have no deadline and no affinity to other namespaces. */
const NOT_SERVERS = new Set([
  'BestEffort',
  'Terminating',
  'CrossNamespacePodAffinity',
]);

/** Pods that a server's always are. */
const SERVERS = new Set(['NotBestEffort', 'NotTerminating']);

/** A ResourceQuota of what a service takes; its lines are those that the cluster has counted. */
export function projectQuota(raw: unknown): QuotaFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { hard = {}, used = {} } = object.status ?? {};
  const keys = Object.keys(hard).sort();
  const scope = scopeOf((object.spec ?? {}) as RawScopes);
  return {
    resource: 'resourcequotas',
    ...identityOf(object),
    lines: keys.flatMap(key => {
      const resource = key.startsWith(PREFIX) ? key.slice(PREFIX.length) : '';
      return readAcceleratorResource(resource)
        ? lineOf(
            resource,
            parseDeviceCount(hard[key]),
            parseDeviceCount(used[key]),
          )
        : [];
    }),
    others: keys.flatMap(key =>
      OTHERS.test(key)
        ? lineOf(key, parseQuantity(hard[key]), parseQuantity(used[key]))
        : [],
    ),
    ...(scope ? { scope } : {}),
  };
}

function lineOf(
  resource: string,
  hard: number | undefined,
  used: number | undefined,
): QuotaLine[] {
  return hard === undefined || used === undefined
    ? []
    : [{ resource: intern(resource), hard, used }];
}

/** A quota counts the pods that all of its scopes match. */
function scopeOf({
  scopes = [],
  scopeSelector,
}: RawScopes): QuotaFact['scope'] {
  const names = [
    ...scopes,
    ...(scopeSelector?.matchExpressions ?? []).flatMap(
      ({ scopeName }) => scopeName ?? [],
    ),
  ];
  if (names.some(name => NOT_SERVERS.has(name))) return 'NotServers';
  return names.every(name => SERVERS.has(name)) ? undefined : 'Some';
}
