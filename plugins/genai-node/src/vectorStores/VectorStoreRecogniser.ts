import type { VectorStoreEngine } from '@promptside/backstage-plugin-genai-common';
import type { ContainerView, WorkloadView } from '../facts/WorkloadView';

/** How a vector store is known by its looks. @public */
export interface VectorStoreRecogniser {
  engine: VectorStoreEngine;
  /** Port of its API. */
  port: number;
  /** The container runs this store. Helpers of the same release (etcd, consoles) do not. */
  matches(container: ContainerView, view: WorkloadView): boolean;
}
