import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import type { GpuOverview } from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  entityName,
  FilterBar,
  FilterSearch,
  FilterSelect,
  formatProduct,
  VENDOR_NAMES,
} from '@promptside/backstage-plugin-genai-react';
import type { FilterKey, GpuFilters, View } from '../filters';

interface GpuFilterBarProps {
  overview: GpuOverview;
  filters: GpuFilters;
  view: View;
  onChange(patch: Partial<Record<FilterKey, string | undefined>>): void;
}

const SEARCH_LABELS: Partial<Record<View, string>> = {
  nodes: 'Node name',
  allocations: 'Pod, model, entity or node',
};

/** Filters shared by all views of the page; the search field is there where there is something to search. */
export function GpuFilterBar(props: GpuFilterBarProps) {
  const { overview, filters, view, onChange } = props;
  const { groups, owners, clusters } = overview;
  const vendors = unique(groups.map(({ vendor }) => vendor));
  const products = new Map(
    groups.flatMap(group =>
      group.product && (!filters.vendor || group.vendor === filters.vendor)
        ? [[group.product, formatProduct(group)]]
        : [],
    ),
  );
  const teams = unique(owners.flatMap(({ owner }) => owner ?? []));
  const searchLabel = SEARCH_LABELS[view];
  const { view: _view, ...active } = filters;

  return (
    <FilterBar
      onClear={
        Object.keys(active).length > 0
          ? () =>
              onChange({
                cluster: undefined,
                vendor: undefined,
                product: undefined,
                team: undefined,
                free: undefined,
                q: undefined,
              })
          : undefined
      }
    >
      <FilterSelect
        id="gpu-cluster"
        label="Cluster"
        value={filters.cluster}
        options={clusters.map(({ name }) => ({
          value: name,
          label: clusterTitle(clusters, name),
        }))}
        onChange={cluster => onChange({ cluster })}
      />
      <FilterSelect
        id="gpu-vendor"
        label="Vendor"
        value={filters.vendor}
        options={vendors.map(value => ({ value, label: VENDOR_NAMES[value] }))}
        onChange={vendor => onChange({ vendor, product: undefined })}
      />
      <FilterSelect
        id="gpu-product"
        label="Product"
        value={filters.product}
        options={[...products].map(([value, label]) => ({ value, label }))}
        onChange={product => onChange({ product })}
      />
      <FilterSelect
        id="gpu-team"
        label="Team"
        value={filters.team}
        options={teams.map(value => ({ value, label: entityName(value) }))}
        onChange={team => onChange({ team })}
      />
      {searchLabel && (
        <FilterSearch
          id="gpu-search"
          label={searchLabel}
          value={filters.q}
          onChange={q => onChange({ q })}
        />
      )}
      {view !== 'allocations' && (
        <FormControlLabel
          label="Only with free GPUs"
          control={
            <Checkbox
              size="small"
              color="primary"
              checked={filters.free === 'true'}
              onChange={event =>
                onChange({ free: event.target.checked ? 'true' : undefined })
              }
            />
          }
        />
      )}
    </FilterBar>
  );
}

function unique<T extends string>(values: readonly T[]): T[] {
  return [...new Set(values)].sort((a, b) => a.localeCompare(b));
}
