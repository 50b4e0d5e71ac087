/**
 * Live state of GenAI workloads on Kubernetes clusters, served over REST.
 *
 * @packageDocumentation
 */
export {
  genaiServingRuntimesExtensionPoint,
  genaiVectorStoresExtensionPoint,
  type GenaiServingRuntimesExtensionPoint,
  type GenaiVectorStoresExtensionPoint,
} from './extensionPoints';
export { genaiPlugin as default } from './plugin';
