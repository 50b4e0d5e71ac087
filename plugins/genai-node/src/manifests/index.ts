export {
  buildInferenceEntities,
  renderInferenceEntities,
} from './buildInferenceEntities';
export type {
  InferenceEntitiesOptions,
  InferenceEntity,
} from './buildInferenceEntities';
export { buildInferenceObjects } from './buildInferenceObjects';
export type { RenderOptions } from './buildInferenceObjects';
export { buildDeliveryObjects } from './delivery/buildDeliveryObjects';
export { endpointOf, servedModelOf } from './endpointOf';
export { inferenceNotices } from './inferenceNotices';
export {
  checkedInferenceSpec,
  parseInferenceSpec,
  stringifyInferenceSpec,
} from './inferenceSpecText';
export type {
  KubernetesObjectLike,
  RenderedFile,
} from './KubernetesObjectLike';
export { openaiApiDefinition } from './openaiApiDefinition';
export { overlayPath } from './overlayPath';
export { isRendered, RENDERED_FOLDERS } from './rendered';
export { renderInference } from './renderInference';
export * from './rag';
export * from './vectorStore';
