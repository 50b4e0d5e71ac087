/**
 * Template actions that plan, render, validate and apply inference services.
 *
 * @packageDocumentation
 */
export { scaffolderModuleGenai as default } from './module';
