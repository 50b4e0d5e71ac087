import { createHash } from 'node:crypto';
import type { V1JobSpec } from '@kubernetes/client-node';
import {
  ANNOTATIONS,
  type RagSpec,
} from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import type { JobObject } from '../objects/downloadJob';
import { ragDelivery } from './delivery';
import { ragVariables, settingsDigest } from './environment';
import { ragAnnotations, ragLabels, ragMeta } from './identity';
import { ragContainer, ragPodSpec } from './pod';

/** A CronJob as we write it; the client's type wants dates where the API has text. */
interface CronJobObject extends KubernetesObjectLike {
  spec: {
    schedule: string;
    timeZone: string;
    concurrencyPolicy: 'Forbid';
    startingDeadlineSeconds: number;
    successfulJobsHistoryLimit: number;
    failedJobsHistoryLimit: number;
    jobTemplate: { metadata: { labels: object }; spec: V1JobSpec };
  };
}

/** What a run may take with all retries. A run that is cut off is continued by the next one. */
const RUN_SECONDS = 6 * 3600;

/** Store or embedding server not there yet: the run begins again, with growing pauses. */
const RETRIES = 6;

/** Exit code of a run that could not read all of its sources: it did the others, and trying at once would not help. */
const INCOMPLETE_EXIT_CODE = 2;

/** Long enough for a person to read the log on Monday. */
const KEEP_SECONDS = 3 * 24 * 3600;

/** A schedule that was missed for an hour, because the cluster was away, is not made up for. */
const STARTING_DEADLINE_SECONDS = 3600;

/**
 * The first run, and the schedule where there is one. A Job cannot be changed, so its name says what is in it: other sources are
 * another Job.
 */
export function buildIngestion(spec: RagSpec): (JobObject | CronJobObject)[] {
  const job = jobSpec(spec);
  const digest = createHash('sha256')
    .update(JSON.stringify([job, ragVariables(spec)]))
    .digest('hex')
    .slice(0, 5);
  const { name } = spec.metadata;
  const { schedule } = spec.spec.ingest;
  return [
    {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: ragMeta(spec, 'ingestion', {
        name: `${name}-ingest-${digest}`,
      }),
      spec: {
        ...job,
        // A controller would make the Job again that went by itself; it takes away that of other sources.
        ...(ragDelivery(spec) ? {} : { ttlSecondsAfterFinished: KEEP_SECONDS }),
      },
    },
    ...(schedule
      ? [
          {
            apiVersion: 'batch/v1',
            kind: 'CronJob',
            metadata: ragMeta(spec, 'ingestion', { name: `${name}-ingest` }),
            spec: {
              schedule,
              timeZone: 'Etc/UTC',
              concurrencyPolicy: 'Forbid' as const,
              startingDeadlineSeconds: STARTING_DEADLINE_SECONDS,
              successfulJobsHistoryLimit: 1,
              failedJobsHistoryLimit: 3,
              jobTemplate: {
                metadata: { labels: ragLabels(spec, 'ingestion') },
                spec: job,
              },
            },
          },
        ]
      : []),
  ];
}

function jobSpec(spec: RagSpec): V1JobSpec {
  const container = ragContainer(spec, 'ingest', 'ingest', {
    resources: {
      requests: { cpu: '500m', memory: '1Gi' },
      // A document of 256 MB is held as bytes and as text.
      limits: { memory: '2Gi' },
    },
  });
  return {
    backoffLimit: RETRIES,
    activeDeadlineSeconds: RUN_SECONDS,
    podFailurePolicy: {
      rules: [
        {
          action: 'FailJob',
          onExitCodes: {
            containerName: 'ingest',
            operator: 'In',
            values: [INCOMPLETE_EXIT_CODE],
          },
        },
        // Evicted pods are nobody's fault.
        {
          action: 'Ignore',
          onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
        },
      ],
    },
    template: {
      metadata: {
        labels: ragLabels(spec, 'ingestion'),
        annotations: {
          ...ragAnnotations(spec),
          [ANNOTATIONS.configDigest]: settingsDigest(spec),
        },
      },
      spec: {
        ...ragPodSpec(spec, container, '10Gi'),
        // Asked for by the policy above, and so that each try keeps its log.
        restartPolicy: 'Never',
      },
    },
  };
}
