import type { Check } from '@promptside/backstage-plugin-genai-common';
import type { ProbePlan } from './ProbePlan';
import type { StoreObservation } from './StoreObservation';
import type { VectorStoreRecogniser } from './VectorStoreRecogniser';

/** A check before somebody says when it was made. @public */
export type RuleCheck = Omit<Check, 'checkedAt'> & { checkedAt?: string };

/** How a store wants to be shown a secret. @public */
export interface StoreCredentialUse {
  /** Port that asks for it; questions to other ports go without. */
  port: number;
  headers(secret: string): Readonly<Record<string, string>>;
  /** The API server's proxy hands these headers on. It never does so with `Authorization`, which is its own. */
  passesProxy: boolean;
}

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
  /** Absent: the store knows no credentials. */
  credential?: StoreCredentialUse;
  rules(observation: StoreObservation): RuleCheck[];
}
