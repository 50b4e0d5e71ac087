import { Container, PodSpec, Toleration } from '../sim/kubeTypes';
import { seedObject, SeedObject } from './SeedObject';

interface Daemon {
  name: string;
  namespace: string;
  image: string;
  nodeSelector: Record<string, string>;
  /** Port of its metrics, with the port's name. */
  metrics?: { port: number; name: string };
  env?: Container['env'];
}

const anyTaint: Toleration[] = [{ operator: 'Exists' }];

const onNvidia = (operand: string) => ({
  [`nvidia.com/gpu.deploy.${operand}`]: 'true',
});
const onAmd = { 'feature.node.kubernetes.io/amd-gpu': 'true' };
const onIntel = { 'intel.feature.node.kubernetes.io/gpu': 'true' };

/** Node agents of the vendors' operators, and what Kubernetes itself runs on each node. */
const DAEMONS: readonly Daemon[] = [
  {
    name: 'kube-proxy',
    namespace: 'kube-system',
    image: 'registry.k8s.io/kube-proxy:v1.35.2',
    nodeSelector: { 'kubernetes.io/os': 'linux' },
  },
  {
    name: 'nvidia-driver-daemonset',
    namespace: 'gpu-operator',
    image: 'nvcr.io/nvidia/driver:595.91.07-ubuntu24.04',
    nodeSelector: onNvidia('driver'),
  },
  {
    name: 'nvidia-container-toolkit-daemonset',
    namespace: 'gpu-operator',
    image: 'nvcr.io/nvidia/k8s/container-toolkit:v1.20.0',
    nodeSelector: onNvidia('container-toolkit'),
  },
  {
    name: 'nvidia-device-plugin-daemonset',
    namespace: 'gpu-operator',
    image: 'nvcr.io/nvidia/k8s-device-plugin:v0.20.0',
    nodeSelector: onNvidia('device-plugin'),
    env: [{ name: 'MIG_STRATEGY', value: 'mixed' }],
  },
  {
    name: 'gpu-feature-discovery',
    namespace: 'gpu-operator',
    image: 'nvcr.io/nvidia/k8s-device-plugin:v0.20.0',
    nodeSelector: onNvidia('gpu-feature-discovery'),
  },
  {
    name: 'nvidia-mig-manager',
    namespace: 'gpu-operator',
    image: 'nvcr.io/nvidia/cloud-native/k8s-mig-manager:v0.14.0',
    nodeSelector: onNvidia('mig-manager'),
  },
  {
    name: 'nvidia-dcgm-exporter',
    namespace: 'gpu-operator',
    image: 'nvcr.io/nvidia/k8s/dcgm-exporter:4.6.0-4.8.3-distroless',
    nodeSelector: onNvidia('dcgm-exporter'),
    metrics: { port: 9400, name: 'gpu-metrics' },
    env: [
      { name: 'DCGM_EXPORTER_LISTEN', value: ':9400' },
      { name: 'DCGM_EXPORTER_KUBERNETES', value: 'true' },
    ],
  },
  {
    name: 'default-device-plugin',
    namespace: 'kube-amd-gpu',
    image: 'docker.io/rocm/k8s-device-plugin:1.31.0.10',
    nodeSelector: onAmd,
  },
  {
    name: 'default-node-labeller',
    namespace: 'kube-amd-gpu',
    image: 'docker.io/rocm/k8s-device-plugin:labeller-1.31.0.10',
    nodeSelector: onAmd,
  },
  {
    name: 'default-metrics-exporter',
    namespace: 'kube-amd-gpu',
    image: 'docker.io/rocm/device-metrics-exporter:v1.5.2',
    nodeSelector: onAmd,
    metrics: { port: 5000, name: 'exporter-port' },
  },
  {
    name: 'intel-gpu-plugin-gpudeviceplugin-sample',
    namespace: 'inteldeviceplugins-system',
    image: 'intel/intel-gpu-plugin:0.35.0',
    nodeSelector: onIntel,
  },
  {
    name: 'xpumanager',
    namespace: 'monitoring',
    image: 'intel/xpumanager:V1.3.7',
    nodeSelector: onIntel,
    metrics: { port: 29999, name: 'metrics' },
  },
];

const smallResources = {
  requests: { cpu: '50m', memory: '128Mi' },
  limits: { memory: '512Mi' },
};

const daemonObjects = (daemon: Daemon): SeedObject[] => {
  const { name, namespace, metrics } = daemon;
  const labels = { app: name };
  const objects = [
    seedObject(
      'apps/v1',
      'DaemonSet',
      'daemonsets',
      { name, namespace, labels },
      {
        spec: {
          selector: { matchLabels: labels },
          revisionHistoryLimit: 10,
          updateStrategy: {
            type: 'RollingUpdate',
            rollingUpdate: { maxSurge: 0, maxUnavailable: 1 },
          },
          template: {
            metadata: { labels },
            spec: {
              nodeSelector: daemon.nodeSelector,
              tolerations: anyTaint,
              priorityClassName: 'system-node-critical',
              priority: 2_000_001_000,
              containers: [
                {
                  name,
                  image: daemon.image,
                  imagePullPolicy: 'IfNotPresent',
                  ...(daemon.env && { env: daemon.env }),
                  ...(metrics && {
                    ports: [
                      {
                        name: metrics.name,
                        containerPort: metrics.port,
                        protocol: 'TCP',
                      },
                    ],
                  }),
                  resources: smallResources,
                },
              ],
            },
          },
        },
      },
    ),
  ];
  if (metrics) {
    objects.push(
      seedObject(
        'v1',
        'Service',
        'services',
        { name, namespace, labels },
        {
          spec: {
            type: 'ClusterIP',
            selector: labels,
            ports: [
              {
                name: metrics.name,
                port: metrics.port,
                targetPort: metrics.port,
                protocol: 'TCP',
              },
            ],
          },
        },
      ),
    );
  }
  return objects;
};

const controllerObject = (
  name: string,
  namespace: string,
  image: string,
  replicas: number,
): SeedObject => {
  const labels = { 'app.kubernetes.io/name': name };
  const spec: PodSpec = {
    containers: [{ name, image, resources: smallResources }],
  };
  return seedObject(
    'apps/v1',
    'Deployment',
    'deployments',
    { name, namespace, labels },
    {
      spec: {
        replicas,
        selector: { matchLabels: labels },
        strategy: {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' },
        },
        revisionHistoryLimit: 10,
        progressDeadlineSeconds: 600,
        template: { metadata: { labels }, spec },
      },
    },
  );
};

/** Operators, node agents and exporters, and DNS. */
export function systemWorkloadObjects(): SeedObject[] {
  return [
    controllerObject(
      'coredns',
      'kube-system',
      'registry.k8s.io/coredns/coredns:v1.13.1',
      2,
    ),
    controllerObject(
      'gpu-operator',
      'gpu-operator',
      'nvcr.io/nvidia/gpu-operator:v26.7.0',
      1,
    ),
    controllerObject(
      'amd-gpu-operator-controller-manager',
      'kube-amd-gpu',
      'docker.io/rocm/gpu-operator:v1.5.1',
      1,
    ),
    controllerObject(
      'inteldeviceplugins-controller-manager',
      'inteldeviceplugins-system',
      'intel/intel-deviceplugin-operator:0.35.0',
      1,
    ),
    ...DAEMONS.flatMap(daemonObjects),
  ];
}
