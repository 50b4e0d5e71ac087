export { NoMatch, numericColumn, tableOptions } from './tableOptions';
