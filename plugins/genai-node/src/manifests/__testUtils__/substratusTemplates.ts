/** Values as far as the templates read them, over the chart's own. */
interface ChartValues {
  fullnameOverride: string;
  replicaCount: number;
  image: { repository: string; tag: string; pullPolicy: string };
  imagePullSecrets?: object[];
  model: string;
  quantize?: string;
  port: number;
  service: { type: string; port: number };
  env: { name: string }[];
  resources: {
    requests: object;
    limits: Record<string, string | number | null>;
  };
  podAnnotations: object;
  podSecurityContext: object;
  securityContext: object;
  nodeSelector?: object;
  tolerations: object[];
}

const NAME = 'text-generation-inference';

/**
 * What the templates of the Substratus AI chart 0.1.1 print for a release, told from their text (substratusai/helm at
 * aca7994): the label of its own image's version, shards by NVIDIA's resource alone, shared memory without a limit.
 */
export function renderSubstratusChart(
  values: ChartValues,
  release: string,
): object[] {
  const selector = {
    'app.kubernetes.io/name': NAME,
    'app.kubernetes.io/instance': release,
  };
  const labels = {
    'helm.sh/chart': `${NAME}-0.1.1`,
    ...selector,
    'app.kubernetes.io/version': '1.1.0',
    'app.kubernetes.io/managed-by': 'Helm',
  };
  const metadata = { name: values.fullnameOverride, labels };
  const limits = Object.fromEntries(
    Object.entries({
      'nvidia.com/gpu': 1,
      ...values.resources.limits,
    }).filter(([, amount]) => amount !== null),
  );
  const shards = limits['nvidia.com/gpu'];
  const container = {
    name: NAME,
    securityContext: values.securityContext,
    image: `${values.image.repository}:${values.image.tag}`,
    imagePullPolicy: values.image.pullPolicy,
    ports: [{ name: 'http', containerPort: values.port, protocol: 'TCP' }],
    resources: { requests: values.resources.requests, limits },
    env: [
      { name: 'MODEL_ID', value: values.model },
      ...(shards ? [{ name: 'NUM_SHARD', value: String(shards) }] : []),
      { name: 'PORT', value: String(values.port) },
      ...(values.quantize
        ? [{ name: 'QUANTIZE', value: values.quantize }]
        : []),
      ...values.env,
    ],
    volumeMounts: [{ mountPath: '/dev/shm', name: 'dshm' }],
  };
  return [
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        replicas: values.replicaCount,
        selector: { matchLabels: selector },
        template: {
          metadata: { annotations: values.podAnnotations, labels: selector },
          spec: {
            ...(values.imagePullSecrets
              ? { imagePullSecrets: values.imagePullSecrets }
              : {}),
            securityContext: values.podSecurityContext,
            containers: [container],
            volumes: [{ name: 'dshm', emptyDir: { medium: 'Memory' } }],
            ...(values.nodeSelector
              ? { nodeSelector: values.nodeSelector }
              : {}),
            tolerations: values.tolerations,
          },
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata,
      spec: {
        type: values.service.type,
        ports: [
          {
            port: values.service.port,
            targetPort: 'http',
            protocol: 'TCP',
            name: 'http',
          },
        ],
        selector,
      },
    },
  ];
}

/** Keys by which Kubernetes merges the items of the lists that our patches touch. */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  containers: 'name',
  volumes: 'name',
  volumeMounts: 'mountPath',
  ports: 'port',
};

/** A strategic merge patch, as far as ours go: null takes away, listed lists are merged by key, others replaced. */
export function strategicMerge(
  base: unknown,
  patch: unknown,
  field = '',
): unknown {
  if (Array.isArray(patch)) {
    const key = MERGE_KEYS[field];
    if (!key || !Array.isArray(base)) return patch;
    const items = base as Record<string, unknown>[];
    const changes = patch as Record<string, unknown>[];
    const same = (a: Record<string, unknown>) => (b: Record<string, unknown>) =>
      a[key] === b[key];
    return [
      ...items.map(item =>
        strategicMerge(item, changes.find(same(item)) ?? {}),
      ),
      ...changes.filter(change => !items.some(same(change))),
    ];
  }
  if (typeof patch !== 'object' || patch === null) return patch;
  const merged: Record<string, unknown> = {
    ...(base as Record<string, unknown> | undefined),
  };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = strategicMerge(merged[name], value, name);
  }
  return merged;
}
