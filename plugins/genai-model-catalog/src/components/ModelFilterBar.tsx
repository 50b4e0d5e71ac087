import type {
  AcceleratorVendor,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import {
  FilterBar,
  FilterSearch,
  FilterSelect,
  VENDOR_NAMES,
  type UrlFilters,
} from '@promptside/backstage-plugin-genai-react';
import {
  FIT_CHOICES,
  MODEL_FILTER_KEYS,
  MODEL_SIZES,
  type ModelFilterKey,
} from '../modelFilters';
import { TASK_NAMES } from '../words';

interface ModelFilterBarProps {
  models: readonly Model[];
  filters: UrlFilters<ModelFilterKey>;
  onChange(patch: Partial<Record<ModelFilterKey, string | undefined>>): void;
}

const VENDORS = Object.entries(VENDOR_NAMES).map(([value, label]) => ({
  value,
  label,
}));

/** A GPU vendor from the URL; absent for any other word. */
export function vendorOf(
  value: string | undefined,
): AcceleratorVendor | undefined {
  return value !== undefined && value in VENDOR_NAMES
    ? (value as AcceleratorVendor)
    : undefined;
}

/** Filters of the model catalog; tasks, licences and providers are those that there are. */
export function ModelFilterBar(props: ModelFilterBarProps) {
  const { models, filters, onChange } = props;
  const optionsOf = (values: readonly string[]) =>
    [...new Set(values)].sort().map(value => ({ value, label: value }));
  const tasks = [...new Set(models.map(model => model.task))].sort();
  const select = (
    key: ModelFilterKey,
    label: string,
    options: readonly { value: string; label: string }[],
  ) => (
    <FilterSelect
      id={`model-${key}`}
      label={label}
      value={filters[key]}
      options={options}
      onChange={value => onChange({ [key]: value })}
    />
  );
  const clear = () =>
    onChange(Object.fromEntries(MODEL_FILTER_KEYS.map(k => [k, undefined])));
  return (
    <FilterBar onClear={Object.keys(filters).length > 0 ? clear : undefined}>
      <FilterSearch
        id="model-search"
        label="Model or provider"
        value={filters.q}
        onChange={q => onChange({ q })}
      />
      {select('fits', 'Fit', FIT_CHOICES)}
      {select('vendor', 'GPU vendor', VENDORS)}
      {select(
        'task',
        'Task',
        tasks.map(value => ({ value, label: TASK_NAMES[value] })),
      )}
      {select('size', 'Size', MODEL_SIZES)}
      {select('running', 'Running', [{ value: 'yes', label: 'Runs now' }])}
      {select(
        'provider',
        'Provider',
        optionsOf(models.map(({ provider }) => provider)),
      )}
      {select(
        'license',
        'Licence',
        optionsOf(models.map(({ license }) => license)),
      )}
      {select('access', 'Access', [
        { value: 'open', label: 'Open' },
        { value: 'gated', label: 'Gated' },
      ])}
    </FilterBar>
  );
}
