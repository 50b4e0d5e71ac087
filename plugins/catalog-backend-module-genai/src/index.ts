/**
 * Catalog entities for the model servers that run.
 *
 * @packageDocumentation
 */
export { catalogModuleGenai as default } from './module';
