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
} from '@promptside/backstage-plugin-genai-node';
export { genaiPlugin as default } from './plugin';
