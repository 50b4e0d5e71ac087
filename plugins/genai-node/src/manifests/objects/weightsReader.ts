import type { V1Container } from '@kubernetes/client-node';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import { variables } from '../../servingRuntimes/hubVariables';
import { weightsFolder } from '../../servingRuntimes/modelSource';
import { downloadSeconds } from './downloadJob';
import { weightsMarker } from '../../servingRuntimes/weightsFiles';
import { WAIT_SCRIPT } from './weightsScripts';

/** The Job may still wait for its image and its volume when its time begins to run. */
const SPARE_SECONDS = 600;

/** The longest that a server waits for its weights, seconds. */
export function waitSeconds(weightsBytes: number): number {
  return downloadSeconds(weightsBytes) + SPARE_SECONDS;
}

/**
 * An init container that ends when the weights are complete. It runs in the server's own image, which the node needs anyway, and
 * as the server's own user, which then has proven that it can read them.
 */
export function buildWeightsReader(
  spec: InferenceSpec,
  server: V1Container,
  options: { jobName: string; modelPath: string; weightsBytes: number },
): V1Container {
  const { jobName, modelPath, weightsBytes } = options;
  return {
    name: 'wait-for-weights',
    image: server.image,
    imagePullPolicy: server.imagePullPolicy,
    command: ['/bin/sh', '-c', WAIT_SCRIPT],
    env: variables({
      WEIGHTS_ROOT: modelPath,
      WEIGHTS_FOLDER: weightsFolder(spec),
      WEIGHTS_MARKER: weightsMarker(spec),
      WEIGHTS_JOB: jobName,
      WEIGHTS_WAIT_SECONDS: String(waitSeconds(weightsBytes)),
    }),
    resources: {
      requests: { cpu: '10m', memory: '32Mi' },
      limits: { cpu: '100m', memory: '64Mi' },
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: server.securityContext,
    volumeMounts: [
      { name: 'model-cache', mountPath: modelPath, readOnly: true },
    ],
  };
}
