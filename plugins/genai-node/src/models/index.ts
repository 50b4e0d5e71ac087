export { countParameters } from './countParameters';
export { CURATED_MODELS } from './curatedModels';
export { findModel } from './findModel';
export { mergeModels } from './mergeModels';
export {
  parseModelFile,
  type ModelFileContent,
  type ModelTextFault,
} from './parseModelFile';
