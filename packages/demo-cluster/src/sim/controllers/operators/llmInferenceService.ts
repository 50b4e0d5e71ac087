import { findCondition } from '../../conditions';
import { Condition, Container, PodSpec } from '../../kubeTypes';
import { LlmInferenceService } from '../../operatorTypes';
import { OperatorSpoke, Part } from './OperatorSpoke';

/** Image of KServe's preset for vLLM (0.20). */
const IMAGE = 'ghcr.io/llm-d/llm-d-cuda:v0.9.0';
const PORT = 8000;

const workloadName = ({ metadata }: LlmInferenceService) =>
  `${metadata.name}-kserve`;

const podSpecOf = ({ metadata, spec }: LlmInferenceService): PodSpec => {
  const { containers = [], ...pod } = spec.template ?? { containers: [] };
  const { tensor } = spec.parallelism ?? {};
  const probe = { httpGet: { path: '/health', port: PORT } };
  const preset: Container = {
    name: 'main',
    image: IMAGE,
    imagePullPolicy: 'IfNotPresent',
    command: [
      '/bin/bash',
      '-c',
      [
        'exec vllm serve /mnt/models',
        `--served-model-name ${spec.model.name ?? metadata.name}`,
        `--port ${PORT}`,
        ...(tensor ? [`--tensor-parallel-size ${tensor}`] : []),
        '$@',
      ].join(' '),
      '--',
    ],
    ports: [{ containerPort: PORT, protocol: 'TCP' }],
    startupProbe: { ...probe, failureThreshold: 60, periodSeconds: 10 },
    readinessProbe: { ...probe, failureThreshold: 2, periodSeconds: 1 },
    livenessProbe: { ...probe, failureThreshold: 10, periodSeconds: 10 },
    terminationMessagePolicy: 'FallbackToLogsOnError',
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    },
  };
  const own = containers.find(({ name }) => name === 'main');
  return {
    ...pod,
    initContainers: [
      {
        name: 'storage-initializer',
        image: 'kserve/storage-initializer:v0.20.0',
        args: [spec.model.uri, '/mnt/models'],
        securityContext: preset.securityContext,
      },
    ],
    containers: [
      { ...preset, ...own },
      ...containers.filter(({ name }) => name !== 'main'),
    ],
  };
};

/** KServe for LLMInferenceServices: the workload on single nodes; the demo has no gateway and no scheduler. */
export const llmInferenceServiceSpoke: OperatorSpoke<'llminferenceservices'> = {
  component: 'LLMInferenceServiceController',
  resource: 'llminferenceservices',
  kind: 'LLMInferenceService',
  dependents: ['deployments', 'services'],
  parts(service): Part[] {
    const { name } = service.metadata;
    const labels = {
      'app.kubernetes.io/component': 'llminferenceservice-workload',
      'app.kubernetes.io/name': name,
      'app.kubernetes.io/part-of': 'llminferenceservice',
    };
    const podLabels = {
      ...labels,
      'kserve.io/component': 'workload',
      'llm-d.ai/role': 'both',
    };
    const { 'app.kubernetes.io/component': _component, ...front } = labels;
    return [
      {
        resource: 'deployments',
        object: {
          metadata: { name: workloadName(service), labels },
          spec: {
            replicas: service.spec.replicas ?? 1,
            selector: { matchLabels: podLabels },
            template: {
              metadata: {
                labels: { ...service.spec.labels, ...podLabels },
                annotations: service.spec.annotations,
              },
              spec: podSpecOf(service),
            },
          },
        },
      },
      {
        resource: 'services',
        object: {
          metadata: { name: `${workloadName(service)}-workload-svc`, labels },
          spec: {
            type: 'ClusterIP',
            selector: { ...front, 'kserve.io/component': 'workload' },
            ports: [
              { name: 'http', port: PORT, targetPort: PORT, protocol: 'TCP' },
            ],
          },
        },
      },
    ];
  },
  status(service, { cluster }) {
    const { namespace } = service.metadata;
    const name = workloadName(service);
    const deployment = cluster.get('deployments', namespace, name);
    const available = findCondition(
      deployment?.status?.conditions,
      'Available',
    );
    const told = (type: string): Condition =>
      available?.status === 'True'
        ? { type, status: 'True' }
        : {
            type,
            status: 'False',
            reason: available?.reason ?? 'Progressing',
            message: available?.message ?? '',
          };
    return {
      workloads: {
        primary: {
          apiGroup: 'apps',
          kind: 'Deployment',
          name,
          readyReplicas: deployment?.status?.readyReplicas ?? 0,
        },
        service: { kind: 'Service', name: `${name}-workload-svc` },
      },
      conditions: [
        { type: 'PresetsCombined', status: 'True' },
        told('MainWorkloadReady'),
        told('WorkloadsReady'),
        { type: 'RouterReady', status: 'True' },
        told('Ready'),
      ],
    };
  },
};
