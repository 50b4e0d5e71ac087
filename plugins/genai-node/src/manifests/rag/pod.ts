import type { V1Container, V1PodSpec } from '@kubernetes/client-node';
import type { RagSpec } from '@promptside/backstage-plugin-genai-common';
import { ragEnvironment } from './environment';

/** As the image's own user, which Kubernetes can tell from root because it is a number. */
const USER_ID = 10_001;

/** Where the service writes: clones of repositories and large documents while they are read. */
const SCRATCH = 'scratch';

/** A container of the service's image that runs one of its commands. */
export function ragContainer(
  spec: RagSpec,
  name: string,
  command: string,
  more: Pick<
    V1Container,
    | 'ports'
    | 'resources'
    | 'startupProbe'
    | 'livenessProbe'
    | 'readinessProbe'
    | 'lifecycle'
  >,
): V1Container {
  return {
    name,
    image: spec.spec.image,
    args: [command],
    ...ragEnvironment(spec),
    ...more,
    securityContext: {
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    },
    volumeMounts: [{ name: SCRATCH, mountPath: '/tmp' }],
  };
}

/** What the pods of all parts share: Pod Security `restricted`, no right in the API. */
export function ragPodSpec(
  spec: RagSpec,
  container: V1Container,
  scratchSize: string,
): V1PodSpec {
  const { imagePullSecret } = spec.spec;
  return {
    serviceAccountName: spec.metadata.name,
    automountServiceAccountToken: false,
    // Variables of other Services, such as LLM_PORT of one named llm, would stand among the settings.
    enableServiceLinks: false,
    ...(imagePullSecret
      ? { imagePullSecrets: [{ name: imagePullSecret }] }
      : {}),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: USER_ID,
      runAsGroup: USER_ID,
      fsGroup: USER_ID,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [container],
    volumes: [{ name: SCRATCH, emptyDir: { sizeLimit: scratchSize } }],
  };
}
