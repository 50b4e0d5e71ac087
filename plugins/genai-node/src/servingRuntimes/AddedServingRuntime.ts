import type { ServingRuntime } from '@promptside/backstage-plugin-genai-common';
import type { AddedEngine } from './AddedEngine';
import type { EngineMetricNames } from '../engineMetrics/EngineMetricNames';
import type { RecognisedServer } from './ServingRuntimeRecogniser';
import type { ContainerView } from '../facts/WorkloadView';

/**
 * A serving runtime that an adopter adds: how its servers are known, where they show their work, and how they
 * are deployed. It is tried before ours.
 *
 * @public
 */
export interface AddedServingRuntime {
  /** Name for people, once per runtime. */
  title: string;
  /** One of ours that it is a build of, and whose metrics it shows. Absent: it is none of these. */
  runtime?: ServingRuntime;
  /** The container runs this runtime, by its image or by its command. */
  matches(container: ContainerView): boolean;
  read(container: ContainerView): RecognisedServer;
  /** Metrics in its own words; the port is the API's when it is absent. */
  metrics?: AddedMetrics;
  /** How the golden path plans and renders it. Absent: it is shown where it runs, and not offered. */
  engine?: AddedEngine;
}

/** Where a runtime shows what it does. @public */
export interface AddedMetrics {
  port?: number;
  path: string;
  names: EngineMetricNames;
}
