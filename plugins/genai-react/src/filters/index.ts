export {
  FilterBar,
  FilterSearch,
  FilterSelect,
  matchesSearch,
  type FilterBarProps,
  type FilterSearchProps,
  type FilterSelectProps,
} from './FilterBar';
export { useUrlFilters, type UrlFilters } from './useUrlFilters';
