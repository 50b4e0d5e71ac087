export { GenaiAcceleratorPicker } from './GenaiAcceleratorPicker';
export { GenaiContextLength } from './GenaiContextLength';
export { GenaiEnginePicker } from './GenaiEnginePicker';
export { GenaiModelPicker } from './GenaiModelPicker';
export { GenaiModelServerPicker } from './GenaiModelServerPicker';
export { GenaiPlanPreview } from './GenaiPlanPreview';
export { GenaiQueuePicker } from './GenaiQueuePicker';
export { GenaiRetrieval } from './GenaiRetrieval';
export { GenaiRagPlanPreview } from './GenaiRagPlanPreview';
export {
  GenaiRepositoryPicker,
  validateRepository,
} from './GenaiRepositoryPicker';
export { GenaiStorageClassPicker } from './GenaiStorageClassPicker';
export { GenaiVectorStorePicker } from './GenaiVectorStorePicker';
export { GenaiTargetPicker, type GenaiTarget } from './GenaiTargetPicker';
