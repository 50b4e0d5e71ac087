import type { AddedServingRuntime } from '../servingRuntimes/AddedServingRuntime';
import type { VectorStoreRecogniser } from '../vectorStores/VectorStoreRecogniser';

/**
 * What an adopter adds to the knowledge of this package: runtimes of their own, and further looks of stores that are known
 * (hardened images, charts of the house). Each is tried before ours, in this order.
 *
 * @public
 */
export interface AddedKnowledge {
  servingRuntimes?: readonly AddedServingRuntime[];
  vectorStores?: readonly VectorStoreRecogniser[];
}
