import type { UrlFilters } from '@promptside/backstage-plugin-genai-react';
import type {
  AcceleratorVendor,
  GpuNodesQuery,
  GpuOverview,
} from '@promptside/backstage-plugin-genai-common';

/** Parameters of the URL that belong to the page. */
export const FILTER_KEYS = [
  'view',
  'cluster',
  'vendor',
  'product',
  'team',
  'free',
  'q',
] as const;

/** One of {@link FILTER_KEYS}. */
export type FilterKey = (typeof FILTER_KEYS)[number];

/** Current filters; every value comes from the URL and may be anything. */
export type GpuFilters = UrlFilters<FilterKey>;

/** Ways to look at the page. */
export const VIEWS = ['overview', 'nodes', 'allocations'] as const;

/** One of {@link VIEWS}. */
export type View = (typeof VIEWS)[number];

/** View named in the URL, else the first. */
export function viewOf(filters: GpuFilters): View {
  return VIEWS.find(view => view === filters.view) ?? 'overview';
}

/** Part of the overview that the filters leave. Teams are not filtered here: groups of devices belong to nobody. */
export function filterOverview(
  overview: GpuOverview,
  filters: GpuFilters,
): Pick<GpuOverview, 'groups' | 'owners' | 'pending'> {
  const { cluster, vendor, product, team } = filters;
  const inScope = (row: { cluster: string; vendor: AcceleratorVendor }) =>
    (!cluster || row.cluster === cluster) && (!vendor || row.vendor === vendor);
  const ofProduct = (row: { product?: string }) =>
    !product || row.product === product;
  return {
    groups: overview.groups.filter(
      group =>
        inScope(group) &&
        ofProduct(group) &&
        (filters.free !== 'true' || group.counts.free > 0),
    ),
    owners: overview.owners.filter(
      row => inScope(row) && ofProduct(row) && (!team || row.owner === team),
    ),
    // A waiting pod has no node yet, so nobody knows its product.
    pending: product ? [] : overview.pending.filter(inScope),
  };
}

/** Query for the nodes of one cluster. */
export function nodesQueryOf(
  filters: GpuFilters,
  cluster: string,
): GpuNodesQuery {
  return {
    cluster,
    // Checked by the backend, which names the field of a wrong value.
    vendor: filters.vendor as AcceleratorVendor | undefined,
    product: filters.product,
    free: filters.free === 'true' ? 'true' : undefined,
    search: filters.q,
  };
}
