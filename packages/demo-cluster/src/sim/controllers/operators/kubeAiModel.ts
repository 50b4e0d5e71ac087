import { hashText, safeEncode } from '../../../seed/random';
import { Cluster } from '../../Cluster';
import { Container, PodTemplate, ResourceList } from '../../kubeTypes';
import { KubeAiModel } from '../../operatorTypes';
import { buildPod, generatedName } from '../../podFactory';
import { PodControl } from '../../PodControl';
import { isPodActive, isPodReady } from '../../podReadiness';
import { objectKey, SimController, splitKey } from '../../SimController';
import { ownerKeys } from '../ownerKeys';

const COMPONENT = 'kubeai';
const PORT = 8000;
const HASH = 'pod-hash';

interface ResourceProfile {
  image: string;
  devices: ResourceList;
  nodeSelector: Record<string, string>;
}

/** Resource profiles as the demo's KubeAI is configured; names and images of chart 0.22, nodes of the demo. */
const PROFILES: Readonly<Record<string, ResourceProfile>> = {
  'nvidia-gpu-l4': {
    image: 'vllm/vllm-openai:v0.10.2',
    devices: { 'nvidia.com/gpu': '1' },
    nodeSelector: { 'nvidia.com/gpu.product': 'NVIDIA-L4' },
  },
  'amd-gpu-mi300x': {
    image: 'rocm/vllm:rocm6.4.1_vllm_0.10.1_20250909',
    devices: { 'amd.com/gpu': '1' },
    nodeSelector: { 'amd.com/gpu.product-name': 'AMD_Instinct_MI300X_OAM' },
  },
};

/** The profile with its devices multiplied; `undefined` where KubeAI would only write to its log. */
const profileOf = ({ spec }: KubeAiModel): ResourceProfile | undefined => {
  const [name = '', multiple] = (spec.resourceProfile ?? '').split(':');
  const profile = PROFILES[name];
  const times = Number(multiple);
  if (!profile || !(times >= 1) || spec.engine !== 'VLLM') return undefined;
  return {
    ...profile,
    devices: Object.fromEntries(
      Object.entries(profile.devices).map(([resource, count]) => [
        resource,
        String(Number(count) * times),
      ]),
    ),
  };
};

const templateOf = (
  { metadata, spec }: KubeAiModel,
  profile: ResourceProfile,
): PodTemplate => {
  const { devices, image, nodeSelector } = profile;
  const probe = { httpGet: { path: '/health', port: 'http' } };
  const container: Container = {
    name: 'server',
    image: spec.image ?? image,
    command: ['python3', '-m', 'vllm.entrypoints.openai.api_server'],
    args: [
      `--model=${spec.url.replace(/^hf:\/\//, '')}`,
      `--served-model-name=${metadata.name}`,
      ...(spec.args ?? []),
    ],
    env: Object.entries(spec.env ?? {}).map(([name, value]) => ({
      name,
      value,
    })),
    ports: [{ name: 'http', containerPort: PORT, protocol: 'TCP' }],
    resources: { requests: devices, limits: devices },
    startupProbe: { ...probe, periodSeconds: 2, failureThreshold: 5400 },
    readinessProbe: { ...probe, periodSeconds: 10, failureThreshold: 3 },
    livenessProbe: { ...probe, periodSeconds: 30, failureThreshold: 3 },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
    },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    volumeMounts: [{ name: 'dshm', mountPath: '/dev/shm' }],
  };
  const engine = spec.engine.toLowerCase();
  return {
    metadata: {
      labels: {
        app: 'model',
        model: metadata.name,
        'app.kubernetes.io/name': engine,
        'app.kubernetes.io/instance': `${engine}-${metadata.name}`,
        'app.kubernetes.io/managed-by': 'kubeai',
      },
      annotations: { 'model-pod-port': String(PORT) },
    },
    spec: {
      nodeSelector,
      tolerations: Object.keys(devices).map(key => ({
        key,
        operator: 'Exists',
        effect: 'NoSchedule',
      })),
      containers: [container],
      volumes: [{ name: 'dshm', emptyDir: { medium: 'Memory' } }],
    },
  };
};

/** KubeAI: pods of its own for each Model, without autoscaling. A changed Model gets new pods at once. */
export function createKubeAiModelController(
  cluster: Cluster,
  pods: PodControl,
): SimController {
  const bringTo = (model: KubeAiModel, wanted: number) => {
    const profile = profileOf(model);
    if (!profile) return;
    const template = templateOf(model, profile);
    const hash = safeEncode(hashText(JSON.stringify(template.spec)));
    const own = cluster
      .controlledBy('pods', model.metadata.uid)
      .filter(isPodActive);
    const current = own.filter(pod => pod.metadata.labels?.[HASH] === hash);
    const surplus = [
      ...own.filter(pod => !current.includes(pod)),
      ...current.slice(wanted),
    ];
    for (const pod of surplus) pods.remove(model, pod, COMPONENT);
    for (let missing = wanted - current.length; missing > 0; missing--) {
      const base = `model-${model.metadata.name}-${hash}`;
      const made = pods.create(
        model,
        buildPod({
          owner: model,
          template,
          name: generatedName(base, cluster.random),
          labels: { [HASH]: hash },
        }),
        COMPONENT,
      );
      if ('refusal' in made) throw made.refusal;
    }
  };

  return {
    name: COMPONENT,
    initialKeys: () => cluster.list('models').map(objectKey),
    keysOf: change => ownerKeys(change, 'models', 'Model', ['pods']),
    reconcile(key) {
      const model = cluster.get('models', ...splitKey(key));
      if (!model || model.metadata.deletionTimestamp) return;
      const { replicas, minReplicas = 0 } = model.spec;
      const wanted = Math.max(replicas ?? minReplicas, minReplicas);
      // KubeAI owns the number and writes it into the spec, as its autoscaler does.
      if (replicas !== wanted) {
        cluster.modify('models', model, current => ({
          ...current,
          spec: { ...current.spec, replicas: wanted },
        }));
      }
      bringTo(model, wanted);
      const all = cluster
        .controlledBy('pods', model.metadata.uid)
        .filter(isPodActive);
      const counts = { all: all.length, ready: all.filter(isPodReady).length };
      cluster.modify(
        'models',
        model,
        current => ({
          ...current,
          status: { ...current.status, replicas: counts },
        }),
        'status',
      );
    },
  };
}
