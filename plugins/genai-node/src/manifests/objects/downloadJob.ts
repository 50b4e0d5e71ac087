import { createHash } from 'node:crypto';
import type { V1JobSpec, V1PodSpec } from '@kubernetes/client-node';
import {
  ANNOTATIONS,
  DOWNLOAD_COMPONENT,
  LABELS,
  MANAGED_BY,
  type InferenceSpec,
} from '@promptside/backstage-plugin-genai-common';
import { downloadToken, variables } from '../../servingRuntimes/hubVariables';
import { weightsFolder } from '../../servingRuntimes/modelSource';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import type { ConfigMapObject } from './engineFiles';
import { entityRefOf, objectMeta } from './identity';
import { hubEgress, type NetworkPolicyObject } from './networkPolicy';
import { sharedClaimNameOf } from './storage';
import {
  weightsFiles,
  weightsMarker,
  weightsSums,
} from '../../servingRuntimes/weightsFiles';
import { DOWNLOAD_SCRIPT } from './weightsScripts';

/** A Job as we write it. */
export interface JobObject extends KubernetesObjectLike {
  spec: V1JobSpec;
}

/** Where the shared volume is mounted in the Job. */
const WEIGHTS_ROOT = '/weights';
const SUMS_FOLDER = '/checksums';
const SUMS_FILE = 'SHA256SUMS';

/** Owner of every file in the volume, always the same, so that a later Job may replace what an earlier one wrote. */
const WRITER_USER_ID = 10_001;

/** A link that is busy, and reading the files once more for their checksums. */
const DOWNLOAD_BYTES_PER_SECOND = 25e6;
const VERIFY_BYTES_PER_SECOND = 100e6;
const PULL_SECONDS = 900;

/** Retries after errors that pass: the hub is busy, a connection breaks. What was loaded is kept. */
const RETRIES = 4;

/** Long enough for a person to read the log on Monday. */
const KEEP_SECONDS = 3 * 24 * 3600;

/** Exit code of the script for what no retry mends. */
const FINAL_EXIT_CODE = 3;

/** Most that the download may take with all retries, seconds. */
export function downloadSeconds(weightsBytes: number): number {
  const expected =
    PULL_SECONDS +
    weightsBytes / DOWNLOAD_BYTES_PER_SECOND +
    weightsBytes / VERIFY_BYTES_PER_SECOND;
  return Math.ceil((expected * 1.5) / 60) * 60;
}

/** Labels of the Job's pods. Not the servers': their Service and policies must not find a pod that serves nothing. */
function downloaderLabels({ metadata }: InferenceSpec) {
  return {
    [LABELS.name]: 'model-download',
    [LABELS.instance]: metadata.name,
  };
}

function downloaderMeta(spec: InferenceSpec, name: string) {
  const meta = objectMeta(spec, { name });
  return {
    ...meta,
    labels: {
      ...downloaderLabels(spec),
      [LABELS.component]: DOWNLOAD_COMPONENT,
      [LABELS.managedBy]: MANAGED_BY,
      [LABELS.kubernetesId]: spec.metadata.name,
    },
  };
}

/** Name of the ConfigMap with checksums and of the Job's NetworkPolicy. */
function weightsName({ metadata }: InferenceSpec): string {
  return `${metadata.name}-weights`;
}

/** Everything that brings the weights into the shared volume. */
export interface Downloader {
  /** The Job's name, for whoever waits for it. */
  jobName: string;
  /** Before the workload: checksums where they are known, the Job's way out, the Job. */
  objects: KubernetesObjectLike[];
}

/**
 * A Job that downloads the pinned commit into the volume, compares checksums and marks the folder as complete. A Job cannot be
 * changed, so its name says what is in it: another revision is another Job.
 *
 * @param image - with `hf` of huggingface_hub 1.0 or later, a shell and coreutils
 */
export function buildDownloader(
  spec: InferenceSpec,
  image: string,
  weightsBytes: number,
): Downloader {
  const sums = weightsSums(spec);
  const job = jobSpec(spec, { image, weightsBytes, verifies: sums !== '' });
  const digest = createHash('sha256')
    .update(JSON.stringify([job, sums]))
    .digest('hex');
  // 52 characters of a service's name and 63 of a Job's leave eleven.
  const jobName = `${spec.metadata.name}-load-${digest.slice(0, 5)}`;
  return {
    jobName,
    objects: [
      ...(sums ? [buildSums(spec, sums)] : []),
      buildDownloaderPolicy(spec),
      {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: downloaderMeta(spec, jobName),
        spec: job,
      } as JobObject,
    ],
  };
}

function buildSums(spec: InferenceSpec, sums: string): ConfigMapObject {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: downloaderMeta(spec, weightsName(spec)),
    data: { [SUMS_FILE]: sums },
  };
}

function buildDownloaderPolicy(spec: InferenceSpec): NetworkPolicyObject {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: downloaderMeta(spec, weightsName(spec)),
    spec: {
      podSelector: { matchLabels: downloaderLabels(spec) },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [],
      egress: hubEgress(),
    },
  };
}

interface JobQuestion {
  image: string;
  weightsBytes: number;
  /** Checksums are known. */
  verifies: boolean;
}

function jobSpec(spec: InferenceSpec, question: JobQuestion): V1JobSpec {
  return {
    backoffLimit: RETRIES,
    activeDeadlineSeconds: downloadSeconds(question.weightsBytes),
    ttlSecondsAfterFinished: KEEP_SECONDS,
    // One writer: a pod that ends is replaced when it has ended, not when it begins to.
    podReplacementPolicy: 'Failed',
    podFailurePolicy: {
      rules: [
        {
          action: 'FailJob',
          onExitCodes: {
            containerName: 'download',
            operator: 'In',
            values: [FINAL_EXIT_CODE],
          },
        },
        // A drained node is no failure of the download.
        {
          action: 'Ignore',
          onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }],
        },
      ],
    },
    template: {
      metadata: {
        labels: {
          ...downloaderLabels(spec),
          [LABELS.component]: DOWNLOAD_COMPONENT,
          [LABELS.managedBy]: MANAGED_BY,
          [LABELS.kubernetesId]: spec.metadata.name,
        },
        annotations: {
          [ANNOTATIONS.model]: spec.spec.model.id,
          [ANNOTATIONS.entityRef]: entityRefOf(spec),
          [ANNOTATIONS.owner]: spec.metadata.owner,
        },
      },
      spec: podSpec(spec, question),
    },
  };
}

function podSpec(
  spec: InferenceSpec,
  { image, weightsBytes, verifies }: JobQuestion,
): V1PodSpec {
  const { engine, model } = spec.spec;
  const { include, exclude } = weightsFiles(spec);
  const staleMinutes = Math.ceil(downloadSeconds(weightsBytes) / 60);
  return {
    restartPolicy: 'Never',
    serviceAccountName: spec.metadata.name,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    ...(engine.imagePullSecret
      ? { imagePullSecrets: [{ name: engine.imagePullSecret }] }
      : {}),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: WRITER_USER_ID,
      runAsGroup: WRITER_USER_ID,
      fsGroup: WRITER_USER_ID,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name: 'download',
        image,
        imagePullPolicy: 'IfNotPresent',
        command: ['/bin/sh', '-c', DOWNLOAD_SCRIPT],
        env: [
          ...variables({
            WEIGHTS_ROOT,
            WEIGHTS_FOLDER: weightsFolder(spec),
            WEIGHTS_REPOSITORY: model.id,
            WEIGHTS_REVISION: model.revision!,
            WEIGHTS_MARKER: weightsMarker(spec),
            WEIGHTS_FILE: model.file ?? '',
            WEIGHTS_INCLUDE: include.join(' '),
            WEIGHTS_EXCLUDE: exclude.join(' '),
            WEIGHTS_SUMS: `${SUMS_FOLDER}/${SUMS_FILE}`,
            WEIGHTS_STALE_MINUTES: String(staleMinutes),
            HOME: '/tmp',
            HF_HOME: '/tmp/huggingface',
            HF_HUB_DISABLE_PROGRESS_BARS: '1',
            HF_HUB_DISABLE_TELEMETRY: '1',
            // The script reads its warnings.
            HF_HUB_VERBOSITY: 'warning',
            // An engine's image would be given every GPU of its node where NVIDIA's runtime is the default.
            NVIDIA_VISIBLE_DEVICES: 'void',
          }),
          ...downloadToken(spec),
        ],
        resources: {
          requests: { cpu: '1', memory: '2Gi' },
          limits: { cpu: '4', memory: '8Gi' },
        },
        terminationMessagePolicy: 'FallbackToLogsOnError',
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          readOnlyRootFilesystem: true,
          runAsNonRoot: true,
        },
        volumeMounts: [
          { name: 'weights', mountPath: WEIGHTS_ROOT },
          { name: 'tmp', mountPath: '/tmp' },
          ...(verifies
            ? [{ name: 'checksums', mountPath: SUMS_FOLDER, readOnly: true }]
            : []),
        ],
      },
    ],
    volumes: [
      {
        name: 'weights',
        persistentVolumeClaim: { claimName: sharedClaimNameOf(spec) },
      },
      { name: 'tmp', emptyDir: { sizeLimit: '5Gi' } },
      ...(verifies
        ? [{ name: 'checksums', configMap: { name: weightsName(spec) } }]
        : []),
    ],
  };
}
