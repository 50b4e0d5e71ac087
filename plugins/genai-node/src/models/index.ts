export { CURATED_MODELS } from './curatedModels';
export { findModel } from './findModel';
