export { scaffolderModuleGenai as default } from './module';
