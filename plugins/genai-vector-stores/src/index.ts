/**
 * Vector stores in Backstage. The default export is the plugin of the new frontend system, the named ones are for the
 * old.
 *
 * @packageDocumentation
 */
export { default } from './plugin';
export * from './legacy';
