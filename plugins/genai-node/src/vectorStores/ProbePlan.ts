import type {
  Fault,
  StoreCollection,
} from '@promptside/backstage-plugin-genai-common';
import type { StoreWorkload } from './StoreObservation';
import type { StoreThresholds } from './thresholds';
import type { RuleCheck } from './VectorStoreSpoke';

/** One question to a store. It only reads. @public */
export interface ProbeRequest {
  /** Port of the container; the prober finds the Service or pod in front of it. */
  port: number;
  path: string;
  /** Sent as JSON by POST, where an API reads in no other way. */
  body?: object;
  /** Ask every instance and not the Service: exporters speak for one instance each. */
  eachPod?: true;
}

/** What came back. @public */
export type ProbeAnswer = {
  latencyMs: number;
  /** Of which instance, for a request to each. */
  pod?: string;
} & (
  | { ok: true; statusCode: number; text: string }
  | {
      ok: false;
      fault: Fault;
      /** Whose fault: the store did not answer, or the portal could not even ask. */
      of: 'Store' | 'Portal';
    }
);

/** What the answers mean. @public */
export interface ProbeReading {
  /** Nothing of the store can be asked, for this reason. */
  notProbed?: string;
  checks: readonly RuleCheck[];
  collections: readonly StoreCollection[];
  /** Absent when nobody could count. */
  collectionCount?: number;
  reportedVersion?: string;
  /** Time of the first answer. */
  latencyMs?: number;
  /** The store could not be asked or did not answer. */
  fault?: Fault;
}

/**
 * A plan asks in rounds, because later questions need earlier answers: it yields the requests of a round, is given their answers
 * in the same order (with `eachPod` one for each instance), and returns what they mean.
 *
 * @public
 */
export type ProbePlan = (
  store: StoreWorkload,
  thresholds: StoreThresholds,
) => Generator<readonly ProbeRequest[], ProbeReading, readonly ProbeAnswer[][]>;
