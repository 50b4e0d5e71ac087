export { GenaiModelPicker } from './GenaiModelPicker';
export { GenaiPlanPreview } from './GenaiPlanPreview';
export { GenaiTargetPicker, type GenaiTarget } from './GenaiTargetPicker';
