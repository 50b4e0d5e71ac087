import type { V1Container, V1Volume } from '@kubernetes/client-node';
import type { EngineFile, EngineQuestion, EngineSpoke } from './EngineSpoke';
import { sharesWeights } from './modelSource';
import { hostResources } from './hostResources';

/** Requests that run when a pod is told to stop go on; new ones already go elsewhere. */
const DRAIN_SECONDS = 15;

/** What an engine contributes to a pod. The model cache is the pod's. */
export interface BuiltContainer {
  container: V1Container;
  volumes: V1Volume[];
  files: readonly EngineFile[];
}

/**
 * The serving container that a spoke's answers make, and the volumes that belong to it alone.
 *
 * @param filesFrom - name of the ConfigMap that holds the engine's files, if it has any
 */
export function buildContainer(
  spoke: EngineSpoke,
  question: EngineQuestion,
  image: string,
  filesFrom: string,
): BuiltContainer {
  const { accelerator } = question.spec.spec;
  const {
    name,
    command,
    args,
    env,
    files = [],
    workingDir,
  } = spoke.container(question);
  const { ports, metrics, cache } = spoke;
  const sharedMemoryGib = spoke.sharedMemoryGib(question.gpuCount);
  const host = hostResources(question, sharedMemoryGib);
  const security = spoke.security(question);
  const devices: Record<string, string> = accelerator
    ? { [accelerator.resource]: String(accelerator.count) }
    : {};
  const memory = `${host.memoryGib}Gi`;
  return {
    container: {
      name,
      image,
      imagePullPolicy: 'IfNotPresent',
      ...(command ? { command } : {}),
      ...(workingDir ? { workingDir } : {}),
      ...(args.length > 0 ? { args } : {}),
      env,
      ports: [
        { name: ports.httpName, containerPort: ports.http, protocol: 'TCP' },
        ...(metrics.port === ports.http
          ? []
          : [
              {
                name: metrics.portName,
                containerPort: metrics.port,
                protocol: 'TCP',
              },
            ]),
      ],
      resources: {
        requests: { cpu: String(host.cpuRequest), memory, ...devices },
        limits: { cpu: String(host.cpuLimit), memory, ...devices },
      },
      ...spoke.probes(question),
      lifecycle: {
        preStop: { exec: { command: ['sleep', String(DRAIN_SECONDS)] } },
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: security.readOnlyRootFilesystem,
        ...(security.userId === 0 ? {} : { runAsNonRoot: true }),
      },
      volumeMounts: [
        {
          name: 'model-cache',
          mountPath: cache.modelPath,
          ...(sharesWeights(question.spec) ? { readOnly: true } : {}),
        },
        { name: 'home', mountPath: cache.homePath },
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'shm', mountPath: '/dev/shm' },
        // One mount a file: the links that a mounted ConfigMap is made of would be taken for models.
        ...files.map(({ key, mountPath }) => ({
          name: 'engine-files',
          mountPath,
          subPath: key,
          readOnly: true,
        })),
      ],
    },
    volumes: [
      { name: 'home', emptyDir: { sizeLimit: cache.homeSize } },
      { name: 'tmp', emptyDir: { sizeLimit: '5Gi' } },
      {
        name: 'shm',
        emptyDir: { medium: 'Memory', sizeLimit: `${sharedMemoryGib}Gi` },
      },
      ...(files.length > 0
        ? [{ name: 'engine-files', configMap: { name: filesFrom } }]
        : []),
    ],
    files,
  };
}
