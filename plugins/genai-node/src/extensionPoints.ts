import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type { AddedServingRuntime } from './servingRuntimes/AddedServingRuntime';
import type { VectorStoreRecogniser } from './vectorStores';

/** Takes serving runtimes that the genai plugin does not know. @public */
export interface GenaiServingRuntimesExtensionPoint {
  /** Runtimes are tried in the order in which they were added, all before those of the plugin. Throws for a title twice. */
  addServingRuntime(...runtimes: AddedServingRuntime[]): void;
}

/** Takes engines that the golden path renders beside ours: what is added to the plugin genai, told to the scaffolder. @public */
export interface GenaiRenderedRuntimesExtensionPoint {
  /** Runtimes without an `engine` are passed over; an engine that is added twice stops the start. */
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

/**
 * For modules of the plugin `scaffolder` that bring a serving runtime with an `engine`. Backstage gives an extension point to one
 * plugin only, so that the same runtime is handed to each of the two.
 *
 * @public
 */
export const genaiRenderedRuntimesExtensionPoint =
  createExtensionPoint<GenaiRenderedRuntimesExtensionPoint>({
    id: 'scaffolder.genai.servingRuntimes',
  });
