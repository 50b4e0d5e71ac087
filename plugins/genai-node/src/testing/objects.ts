import type { RawObject } from '../facts/raw';

/** A loose object of a test: whatever an API server may send. */
export type TestObject = Omit<RawObject, 'spec' | 'status'> & {
  apiVersion?: string;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
};

const READY = [{ type: 'Ready', status: 'True', reason: 'KubeletReady' }];

/** A node that is ready. */
export function node(
  name: string,
  devices: Record<string, number | [capacity: number, allocatable: number]>,
  labels: Record<string, string> = {},
  more: Partial<TestObject> = {},
): TestObject {
  const count = (index: 0 | 1) =>
    Object.fromEntries(
      Object.entries(devices).map(([resource, value]) => [
        resource,
        String(typeof value === 'number' ? value : value[index]),
      ]),
    );
  return {
    kind: 'Node',
    ...more,
    metadata: { name, labels, ...more.metadata },
    spec: { ...more.spec },
    status: {
      capacity: { cpu: '64', memory: '512Gi', ...count(0) },
      allocatable: { cpu: '63', memory: '500Gi', ...count(1) },
      conditions: READY,
      nodeInfo: { kubeletVersion: 'v1.35.2' },
      ...more.status,
    },
  };
}

/** A node of eight H100. */
export function h100Node(name: string, more?: Partial<TestObject>): TestObject {
  return node(
    name,
    { 'nvidia.com/gpu': 8 },
    {
      'nvidia.com/gpu.product': 'NVIDIA-H100-80GB-HBM3',
      'nvidia.com/gpu.count': '8',
      'nvidia.com/gpu.replicas': '1',
      'nvidia.com/gpu.memory': '81559',
    },
    more,
  );
}

interface PodOptions {
  namespace?: string;
  node?: string;
  asks?: Record<string, number>;
  owner?: { kind: string; name: string; uid: string };
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  image?: string;
  status?: Record<string, unknown>;
  deleting?: boolean;
}

/** A pod that is bound, running and ready unless `status` says otherwise; without `node` it is not bound. */
export function pod(name: string, options: PodOptions = {}): TestObject {
  const { namespace: home = 'team-a', owner, asks = {} } = options;
  const limits = Object.fromEntries(
    Object.entries(asks).map(([resource, count]) => [resource, String(count)]),
  );
  return {
    kind: 'Pod',
    metadata: {
      name,
      namespace: home,
      uid: `pod-${home}-${name}`,
      labels: options.labels,
      annotations: options.annotations,
      ...(options.deleting
        ? { deletionTimestamp: '2026-11-01T09:00:00Z' }
        : {}),
      ownerReferences: owner ? [{ ...owner, controller: true }] : [],
    },
    spec: {
      ...(options.node ? { nodeName: options.node } : {}),
      containers: [
        {
          name: 'main',
          image: options.image ?? 'registry.example/train:v1',
          env: [{ name: 'HF_TOKEN', value: 'hf_must_not_be_kept' }],
          resources: { limits },
        },
      ],
    },
    status: options.status ?? {
      phase: options.node ? 'Running' : 'Pending',
      conditions: options.node
        ? [
            {
              type: 'PodScheduled',
              status: 'True',
              lastTransitionTime: '2026-11-01T08:00:10Z',
            },
            { type: 'Ready', status: 'True' },
          ]
        : [],
      containerStatuses: options.node
        ? [
            {
              name: 'main',
              ready: true,
              restartCount: 0,
              state: { running: {} },
            },
          ]
        : [],
    },
  };
}

interface DeploymentOptions {
  kind?: 'Deployment' | 'StatefulSet';
  namespace?: string;
  replicas?: number;
  image?: string;
  command?: string[];
  args?: string[];
  env?: { name: string; value: string }[];
  ports?: { name?: string; containerPort: number }[];
  asks?: Record<string, number>;
  labels?: Record<string, string>;
  podLabels?: Record<string, string>;
  annotations?: Record<string, string>;
  volumes?: unknown[];
  volumeClaimTemplates?: unknown[];
  generation?: number;
  status?: Record<string, unknown>;
}

/** A Deployment or StatefulSet; a vLLM server unless `image` says otherwise. */
export function deployment(
  name: string,
  options: DeploymentOptions = {},
): TestObject {
  const { kind = 'Deployment', asks = {} } = options;
  const home = options.namespace ?? 'team-a';
  return {
    kind,
    metadata: {
      name,
      namespace: home,
      uid: `${kind}:${home}:${name}`,
      ...(options.generation ? { generation: options.generation } : {}),
      labels: options.labels,
      annotations: options.annotations,
    },
    spec: {
      replicas: options.replicas ?? 1,
      ...(options.volumeClaimTemplates
        ? { volumeClaimTemplates: options.volumeClaimTemplates }
        : {}),
      template: {
        metadata: { labels: options.podLabels ?? { app: name } },
        spec: {
          volumes: options.volumes,
          containers: [
            {
              name: 'main',
              image: options.image ?? 'vllm/vllm-openai:v0.33.0',
              ...(options.command ? { command: options.command } : {}),
              args: options.args ?? ['--model', 'google/gemma-2-9b-it'],
              env: options.env,
              ports: options.ports ?? [{ name: 'http', containerPort: 8000 }],
              resources: {
                limits: Object.fromEntries(
                  Object.entries(asks).map(([key, count]) => [
                    key,
                    String(count),
                  ]),
                ),
              },
            },
          ],
        },
      },
    },
    ...(options.status ? { status: options.status } : {}),
  };
}

/** A Service that selects `app: <name>`. */
export function service(
  name: string,
  port: number,
  more: Record<string, unknown> = {},
): TestObject {
  return {
    kind: 'Service',
    metadata: { name, namespace: 'team-a' },
    spec: { selector: { app: name }, ports: [{ port }], ...more },
  };
}

/** A namespace with an owner. */
export function namespace(name: string, owner?: string): TestObject {
  return {
    kind: 'Namespace',
    metadata: {
      name,
      annotations: owner ? { 'promptside.io/owner': owner } : {},
    },
  };
}

/** An event about a pod made by `pod`. */
export function podEvent(
  podName: string,
  reason: string,
  message: string,
  more: Record<string, unknown> = {},
): TestObject & Record<string, unknown> {
  return {
    kind: 'Event',
    metadata: {
      name: `${podName}.${reason}`,
      namespace: 'team-a',
      uid: `event-${podName}-${reason}`,
    },
    involvedObject: {
      kind: 'Pod',
      name: podName,
      uid: `pod-team-a-${podName}`,
    },
    type: 'Normal',
    reason,
    message,
    count: 1,
    lastTimestamp: '2026-11-01T08:10:00Z',
    ...more,
  };
}
