import type { ModelServersResponse } from '@promptside/backstage-plugin-genai-common';
import {
  clusterTitle,
  entityName,
  FilterBar,
  FilterSearch,
  FilterSelect,
  type UrlFilters,
} from '@promptside/backstage-plugin-genai-react';
import { RUNTIME_NAMES } from '../words';

/** Parameters of the URL that filter model servers. */
export const SERVER_FILTER_KEYS = [
  'cluster',
  'state',
  'runtime',
  'team',
  'q',
] as const;

type Key = (typeof SERVER_FILTER_KEYS)[number];

interface ModelServerFilterBarProps {
  answer: ModelServersResponse;
  filters: UrlFilters<Key>;
  onChange(patch: Partial<Record<Key, string | undefined>>): void;
}

/** Filters of the model servers; the choices are what there is. */
export function ModelServerFilterBar(props: ModelServerFilterBarProps) {
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
                  SERVER_FILTER_KEYS.map(key => [key, undefined]),
                ),
              )
          : undefined
      }
    >
      <FilterSearch
        id="server-search"
        label="Name, namespace or model"
        value={filters.q}
        onChange={q => onChange({ q })}
      />
      <FilterSelect
        id="server-state"
        label="State"
        value={filters.state}
        options={unique(items.map(({ state }) => state)).map(value => ({
          value,
          label: value,
        }))}
        onChange={state => onChange({ state })}
      />
      <FilterSelect
        id="server-runtime"
        label="Runtime"
        value={filters.runtime}
        options={unique(items.map(({ runtime }) => runtime)).map(value => ({
          value,
          label: RUNTIME_NAMES[value],
        }))}
        onChange={runtime => onChange({ runtime })}
      />
      <FilterSelect
        id="server-cluster"
        label="Cluster"
        value={filters.cluster}
        options={clusters.map(({ name }) => ({
          value: name,
          label: clusterTitle(clusters, name),
        }))}
        onChange={cluster => onChange({ cluster })}
      />
      <FilterSelect
        id="server-team"
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
