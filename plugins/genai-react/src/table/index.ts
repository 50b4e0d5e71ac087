export {
  fitColumns,
  noMatch,
  NoMatch,
  numericColumn,
  tableOptions,
} from './tableOptions';
