import type { VectorStoresResponse } from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  entityName,
  FilterBar,
  FilterSearch,
  FilterSelect,
  type UrlFilters,
} from '@promptside/backstage-plugin-genai-react';
import { ENGINE_NAMES } from '../words';

/** Parameters of the URL that filter vector stores. */
export const STORE_FILTER_KEYS = [
  'cluster',
  'engine',
  'state',
  'team',
  'q',
] as const;

type Key = (typeof STORE_FILTER_KEYS)[number];

interface VectorStoreFilterBarProps {
  answer: VectorStoresResponse;
  filters: UrlFilters<Key>;
  onChange(patch: Partial<Record<Key, string | undefined>>): void;
}

/** Filters of the vector stores; the choices are what there is. */
export function VectorStoreFilterBar(props: VectorStoreFilterBarProps) {
  const { answer, filters, onChange } = props;
  const { items, clusters } = answer;
  const unique = <T extends string>(values: readonly T[]) =>
    [...new Set(values)].sort();
  return (
    <FilterBar
      onClear={
        Object.keys(filters).length > 0
          ? () =>
              onChange(
                Object.fromEntries(
                  STORE_FILTER_KEYS.map(key => [key, undefined]),
                ),
              )
          : undefined
      }
    >
      <FilterSearch
        id="store-search"
        label="Name or namespace"
        value={filters.q}
        onChange={q => onChange({ q })}
      />
      <FilterSelect
        id="store-engine"
        label="Engine"
        value={filters.engine}
        options={unique(items.map(({ engine }) => engine)).map(value => ({
          value,
          label: ENGINE_NAMES[value],
        }))}
        onChange={engine => onChange({ engine })}
      />
      <FilterSelect
        id="store-state"
        label="State"
        value={filters.state}
        options={unique(items.map(({ state }) => state)).map(value => ({
          value,
          label: value,
        }))}
        onChange={state => onChange({ state })}
      />
      <FilterSelect
        id="store-cluster"
        label="Cluster"
        value={filters.cluster}
        options={clusters.map(({ name }) => ({
          value: name,
          label: clusterTitle(clusters, name),
        }))}
        onChange={cluster => onChange({ cluster })}
      />
      <FilterSelect
        id="store-team"
        label="Team"
        value={filters.team}
        options={unique(items.flatMap(({ owner }) => owner ?? [])).map(
          value => ({ value, label: entityName(value) }),
        )}
        onChange={team => onChange({ team })}
      />
    </FilterBar>
  );
}
