/**
 * Knowledge of GenAI workloads on Kubernetes: pure functions from objects to facts, from facts to answers, from intent to
 * manifests.
 *
 * @packageDocumentation
 */
export * from './accelerators';
export * from './derive';
export * from './engineMetrics';
export {
  genaiRenderedRuntimesExtensionPoint,
  genaiServingRuntimesExtensionPoint,
  genaiVectorStoresExtensionPoint,
  type GenaiRenderedRuntimesExtensionPoint,
  type GenaiServingRuntimesExtensionPoint,
  type GenaiVectorStoresExtensionPoint,
} from './extensionPoints';
export * from './facts';
export * from './manifests';
export * from './models';
export * from './quantities';
export * from './sizing';
export * from './state';
export * from './transport';
export * from './servingRuntimes';
export * from './vectorStores';
