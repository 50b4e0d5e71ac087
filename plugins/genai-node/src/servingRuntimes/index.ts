export type {
  AddedEngine,
  AddedEngineCommand,
  AddedEngineQuestion,
} from './AddedEngine';
export { createEngineRegistry } from './EngineRegistry';
export type { EngineRegistry } from './EngineRegistry';
export type {
  EngineQuestion,
  EngineSecurity,
  LimitsQuestion,
} from './EngineSpoke';
export type { AddedMetrics, AddedServingRuntime } from './AddedServingRuntime';
export { describeEngines } from './describeEngines';
export type { EngineDescription } from './describeEngines';
export { engineRefusal } from './engineRefusal';
export { ENGINE_IMAGES } from './images';
export type { EngineImages, ImagePlatform, ImageRow } from './images';
export { parseEngineImages } from './parseEngineImages';
export type { RecognisedServer } from './ServingRuntimeRecogniser';
export { checksumsOfLoaded } from './weightsFiles';
