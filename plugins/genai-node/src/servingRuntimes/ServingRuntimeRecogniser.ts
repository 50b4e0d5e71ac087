import type { ServingRuntime } from '@promptside/backstage-plugin-genai-common';
import type { ContainerView } from '../facts/WorkloadView';

/** What a serving runtime's container tells of what it serves. @public */
export interface RecognisedServer {
  modelId?: string;
  modelRevision?: string;
  servedName?: string;
  /** Port of the API inside the container. */
  port: number;
  /** Path of the API's base, e.g. `/v1`. */
  basePath: string;
  protocol: 'openai' | 'other';
}

/** One serving runtime: `recognise.ts` of its folder. */
export interface ServingRuntimeRecogniser {
  runtime: ServingRuntime;
  /** The container runs this runtime, by its image or by its command. */
  matches(container: ContainerView): boolean;
  read(container: ContainerView): RecognisedServer;
}
