export { noMatch, NoMatch, numericColumn, tableOptions } from './tableOptions';
