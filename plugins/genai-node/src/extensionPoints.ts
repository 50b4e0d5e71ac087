import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { AddedServingRuntime } from './servingRuntimes/AddedServingRuntime';
import type { VectorStoreRecogniser } from './vectorStores';

/** Takes serving runtimes that the genai plugin does not know. @public */
export interface GenaiServingRuntimesExtensionPoint {
  /** Runtimes are tried in the order in which they were added, all before those of the plugin. Throws for a title twice. */
  addServingRuntime(...runtimes: AddedServingRuntime[]): void;
}

/** Takes further looks of vector stores that the genai plugin knows. @public */
export interface GenaiVectorStoresExtensionPoint {
  /** Looks are tried in the order in which they were added, all before those of the plugin. */
  addVectorStore(...stores: VectorStoreRecogniser[]): void;
}

/**
 * For modules of the plugin `genai` that bring a serving runtime. docs/guides/add-a-serving-runtime.md has an example.
 *
 * @public
 */
export const genaiServingRuntimesExtensionPoint =
  createExtensionPoint<GenaiServingRuntimesExtensionPoint>({
    id: 'genai.servingRuntimes',
  });

/**
 * For modules of the plugin `genai` that teach it an image of a vector store.
 *
 * @public
 */
export const genaiVectorStoresExtensionPoint =
  createExtensionPoint<GenaiVectorStoresExtensionPoint>({
    id: 'genai.vectorStores',
  });
