import type { Check } from '@promptside/backstage-plugin-genai-common';
import type { ProbePlan } from './ProbePlan';
import type { StoreObservation } from './StoreObservation';
import type { VectorStoreRecogniser } from './VectorStoreRecogniser';

/** A check before somebody says when it was made. @public */
export type RuleCheck = Omit<Check, 'checkedAt'> & { checkedAt?: string };

/**
 * One vector store: the same questions, answered in files of the same name in its folder. `recognise.ts`: does a container run
 * it. `probePlan.ts`: which requests, and what their answers mean. `rules.ts`: what is wrong, from all that is known.
 * `manifest.ts`, where the golden path can make one: the objects that run it.
 *
 * @public
 */
export interface VectorStoreSpoke extends VectorStoreRecogniser {
  /** Absent: the store speaks no HTTP. */
  probePlan?: ProbePlan;
  rules(observation: StoreObservation): RuleCheck[];
}
