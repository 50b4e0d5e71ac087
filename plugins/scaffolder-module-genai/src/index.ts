/**
 * Template form fields fed by the live clusters.
 *
 * @packageDocumentation
 */
export { scaffolderModuleGenai as default } from './module';
export * from './legacy';
