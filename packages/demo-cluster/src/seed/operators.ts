import { NVIDIA_DRIVER } from './gpuLabels';
import {
  age,
  conditions,
  Definition,
  definitionObject,
  integer,
  object,
  open,
  Schema,
  text,
} from './definition';
import { seedObject, SeedObject } from './SeedObject';
import { SERVING_DEFINITIONS } from './servingDefinitions';
import { STORE_DEFINITIONS } from './storeDefinitions';

const counts: Schema = object({
  nodesMatchingSelectorNumber: integer,
  desiredNumber: integer,
  availableNumber: integer,
});

const selector = object({
  matchLabels: { type: 'object', additionalProperties: text },
  matchExpressions: { type: 'array', items: open },
});

const endpoint = (portField: string): Schema =>
  object({
    [portField]: text,
    targetPort: { 'x-kubernetes-int-or-string': true },
    path: text,
    scheme: text,
    interval: text,
    scrapeTimeout: text,
    honorLabels: { type: 'boolean' },
    relabelings: { type: 'array', items: open },
    metricRelabelings: { type: 'array', items: open },
  });

const monitorFields = {
  jobLabel: text,
  selector,
  namespaceSelector: object({
    any: { type: 'boolean' },
    matchNames: { type: 'array', items: text },
  }),
};

const DEFINITIONS: readonly Definition[] = [
  {
    group: 'nvidia.com',
    version: 'v1',
    kind: 'ClusterPolicy',
    plural: 'clusterpolicies',
    scope: 'Cluster',
    spec: open,
    status: object({
      state: { type: 'string', enum: ['ignored', 'ready', 'notReady'] },
      namespace: text,
      conditions,
    }),
    columns: [
      { name: 'Status', type: 'string', jsonPath: '.status.state' },
      age,
    ],
  },
  {
    group: 'amd.com',
    version: 'v1alpha1',
    kind: 'DeviceConfig',
    plural: 'deviceconfigs',
    shortNames: ['gpue'],
    scope: 'Namespaced',
    spec: open,
    status: object({
      driver: counts,
      devicePlugin: counts,
      metricsExporter: counts,
      configManager: counts,
      nodeModuleStatus: open,
      observedGeneration: integer,
      conditions,
    }),
  },
  {
    group: 'deviceplugin.intel.com',
    version: 'v1',
    kind: 'GpuDevicePlugin',
    plural: 'gpudeviceplugins',
    scope: 'Cluster',
    spec: object({
      image: text,
      initImage: text,
      sharedDevNum: { type: 'integer', minimum: 1 },
      enableMonitoring: { type: 'boolean' },
      preferredAllocationPolicy: {
        type: 'string',
        enum: ['balanced', 'packed', 'none'],
      },
      logLevel: { type: 'integer', minimum: 0 },
      nodeSelector: { type: 'object', additionalProperties: text },
      tolerations: { type: 'array', items: open },
    }),
    status: object({
      desiredNumberScheduled: integer,
      numberReady: integer,
      nodeNames: { type: 'array', items: text },
      controlledDaemonSet: open,
    }),
    columns: [
      {
        name: 'Desired',
        type: 'integer',
        jsonPath: '.status.desiredNumberScheduled',
      },
      { name: 'Ready', type: 'integer', jsonPath: '.status.numberReady' },
      age,
    ],
  },
  {
    group: 'monitoring.coreos.com',
    version: 'v1',
    kind: 'ServiceMonitor',
    plural: 'servicemonitors',
    shortNames: ['smon'],
    scope: 'Namespaced',
    spec: {
      ...object({
        ...monitorFields,
        endpoints: { type: 'array', items: endpoint('port') },
      }),
      required: ['endpoints', 'selector'],
    },
  },
  {
    group: 'monitoring.coreos.com',
    version: 'v1',
    kind: 'PodMonitor',
    plural: 'podmonitors',
    shortNames: ['pmon'],
    scope: 'Namespaced',
    spec: {
      ...object({
        ...monitorFields,
        podMetricsEndpoints: { type: 'array', items: endpoint('port') },
      }),
      required: ['podMetricsEndpoints', 'selector'],
    },
  },
];

/** Definitions of the custom resources that the operators of the demo bring. */
export function definitionObjects(): SeedObject[] {
  return [...DEFINITIONS, ...SERVING_DEFINITIONS, ...STORE_DEFINITIONS].map(
    definitionObject,
  );
}

/**
 * The operators' own objects, with the status that they have on the seeded nodes. `since` is RFC 3339.
 */
export function operatorObjects(options: {
  since: string;
  amdNodes: string[];
  intelNodes: string[];
}): SeedObject[] {
  const { since, amdNodes, intelNodes } = options;
  const amdCounts = {
    nodesMatchingSelectorNumber: amdNodes.length,
    desiredNumber: amdNodes.length,
    availableNumber: amdNodes.length,
  };
  return [
    seedObject(
      'nvidia.com/v1',
      'ClusterPolicy',
      'clusterpolicies',
      { name: 'cluster-policy' },
      {
        spec: {
          operator: { defaultRuntime: 'containerd' },
          daemonsets: {
            tolerations: [
              {
                key: 'nvidia.com/gpu',
                operator: 'Exists',
                effect: 'NoSchedule',
              },
            ],
          },
          driver: { enabled: true, version: NVIDIA_DRIVER },
          toolkit: { enabled: true },
          devicePlugin: {
            enabled: true,
            config: { name: 'device-plugin-config', default: 'default' },
          },
          dcgmExporter: {
            enabled: true,
            serviceMonitor: { enabled: true, honorLabels: false },
          },
          gfd: { enabled: true },
          mig: { strategy: 'mixed' },
          migManager: { enabled: true },
        },
        status: {
          state: 'ready',
          namespace: 'gpu-operator',
          conditions: [
            {
              type: 'Ready',
              status: 'True',
              reason: 'Reconciled',
              message:
                'ClusterPolicy is ready as all resources have been successfully reconciled',
              lastTransitionTime: since,
            },
            {
              type: 'Error',
              status: 'False',
              reason: 'Ready',
              message: '',
              lastTransitionTime: since,
            },
          ],
        },
      },
    ),
    seedObject(
      'amd.com/v1alpha1',
      'DeviceConfig',
      'deviceconfigs',
      { name: 'default', namespace: 'kube-amd-gpu' },
      {
        spec: {
          driver: { enable: true, blacklist: true },
          devicePlugin: { enableDevicePlugin: true, enableNodeLabeller: true },
          metricsExporter: {
            enable: true,
            port: 5000,
            serviceType: 'ClusterIP',
            prometheus: { serviceMonitor: { enable: true, honorLabels: true } },
          },
          selector: { 'feature.node.kubernetes.io/amd-gpu': 'true' },
        },
        status: {
          driver: amdCounts,
          devicePlugin: amdCounts,
          metricsExporter: amdCounts,
          observedGeneration: 1,
          conditions: [
            {
              type: 'Ready',
              status: 'True',
              reason: 'OperatorReady',
              message: '',
              lastTransitionTime: since,
            },
          ],
        },
      },
    ),
    seedObject(
      'deviceplugin.intel.com/v1',
      'GpuDevicePlugin',
      'gpudeviceplugins',
      { name: 'gpudeviceplugin-sample' },
      {
        spec: {
          image: 'intel/intel-gpu-plugin:0.35.0',
          sharedDevNum: 1,
          enableMonitoring: true,
          preferredAllocationPolicy: 'none',
          logLevel: 2,
          nodeSelector: { 'intel.feature.node.kubernetes.io/gpu': 'true' },
        },
        status: {
          desiredNumberScheduled: intelNodes.length,
          numberReady: intelNodes.length,
          nodeNames: intelNodes,
          controlledDaemonSet: {
            apiVersion: 'apps/v1',
            kind: 'DaemonSet',
            name: 'intel-gpu-plugin-gpudeviceplugin-sample',
            namespace: 'inteldeviceplugins-system',
          },
        },
      },
    ),
    ...(
      [
        ['nvidia-dcgm-exporter', 'gpu-operator', 'gpu-metrics', false],
        ['default-metrics-exporter', 'kube-amd-gpu', 'exporter-port', true],
        ['xpumanager', 'monitoring', 'metrics', false],
      ] as const
    ).map(([name, namespace, port, honorLabels]) =>
      seedObject(
        'monitoring.coreos.com/v1',
        'ServiceMonitor',
        'servicemonitors',
        { name, namespace, labels: { release: 'kube-prometheus-stack' } },
        {
          spec: {
            jobLabel: 'app',
            selector: { matchLabels: { app: name } },
            namespaceSelector: { matchNames: [namespace] },
            endpoints: [
              { port, path: '/metrics', interval: '15s', honorLabels },
            ],
          },
        },
      ),
    ),
  ];
}
