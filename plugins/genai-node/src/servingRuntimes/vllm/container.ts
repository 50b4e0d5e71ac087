import type { V1Container, V1Volume } from '@kubernetes/client-node';
import type {
  InferenceSpec,
  Model,
} from '@promptside/backstage-plugin-genai-common';
import { weightsBytesOfSpec } from '../../models/variantOfSpec';
import { vllmArguments } from './arguments';
import { PATHS, vllmEnvironment } from './environment';
import { hostResources } from './hostResources';
import { HTTP_PORT, HTTP_PORT_NAME } from './ports';
import { vllmProbes } from './probes';

/** Requests that run when a pod is told to stop go on; new ones already go elsewhere. */
const DRAIN_SECONDS = 15;

/** The serving container and the volumes that belong to it alone; the model cache is the pod's. */
export function vllmContainer(
  spec: InferenceSpec,
  model: Model | undefined,
  image: string,
): { container: V1Container; volumes: V1Volume[] } {
  const { accelerator } = spec.spec;
  const weights = weightsBytesOfSpec(spec, model);
  const host = hostResources(weights, accelerator.count);
  const devices = { [accelerator.resource]: String(accelerator.count) };
  const memory = `${host.memoryGib}Gi`;
  return {
    container: {
      name: 'vllm',
      image,
      imagePullPolicy: 'IfNotPresent',
      command: ['vllm', 'serve'],
      args: vllmArguments(spec, model),
      env: vllmEnvironment(spec),
      ports: [
        { name: HTTP_PORT_NAME, containerPort: HTTP_PORT, protocol: 'TCP' },
      ],
      resources: {
        requests: { cpu: String(host.cpuRequest), memory, ...devices },
        limits: { cpu: String(host.cpuLimit), memory, ...devices },
      },
      ...vllmProbes(weights),
      lifecycle: {
        preStop: { exec: { command: ['sleep', String(DRAIN_SECONDS)] } },
      },
      securityContext: {
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
      },
      volumeMounts: [
        { name: 'model-cache', mountPath: PATHS.modelCache },
        { name: 'home', mountPath: PATHS.home },
        { name: 'tmp', mountPath: PATHS.temporary },
        { name: 'shm', mountPath: PATHS.sharedMemory },
      ],
    },
    volumes: [
      { name: 'home', emptyDir: { sizeLimit: '10Gi' } },
      { name: 'tmp', emptyDir: { sizeLimit: '5Gi' } },
      {
        name: 'shm',
        emptyDir: {
          medium: 'Memory',
          sizeLimit: `${host.sharedMemoryGib}Gi`,
        },
      },
    ],
  };
}
