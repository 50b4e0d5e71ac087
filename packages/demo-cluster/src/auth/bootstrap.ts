import { KubeObject } from '../store/ObjectStore';
import { MemoryStore } from '../store/MemoryStore';
import { PolicyRule } from './Authorizer';
import { PORTAL_ACCOUNT, PORTAL_NAMESPACE } from './users';

const READ = ['get', 'list', 'watch'];
const WRITE = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

/** Operators and engines whose objects the portal shows, by API group. */
const GENAI_GROUPS: Record<string, string[]> = {
  'nvidia.com': ['clusterpolicies', 'nvidiadrivers', 'gpuclusters'],
  'apps.nvidia.com': ['nimservices', 'nimcaches', 'nimpipelines'],
  'amd.com': ['deviceconfigs'],
  'deviceplugin.intel.com': ['gpudeviceplugins'],
  'resource.k8s.io': [
    'deviceclasses',
    'resourceclaims',
    'resourceclaimtemplates',
    'resourceslices',
  ],
  'serving.kserve.io': [
    'inferenceservices',
    'llminferenceservices',
    'servingruntimes',
    'clusterservingruntimes',
  ],
  'kaito.sh': ['workspaces', 'ragengines'],
  'kubeai.org': ['models'],
  'postgresql.cnpg.io': [
    'backups',
    'clusters',
    'databases',
    'scheduledbackups',
  ],
  'milvus.io': ['milvuses'],
  'kueue.x-k8s.io': [
    'clusterqueues',
    'cohorts',
    'localqueues',
    'resourceflavors',
  ],
  'snapshot.storage.k8s.io': ['volumesnapshots'],
  'monitoring.coreos.com': ['podmonitors', 'servicemonitors'],
};

/** What the portal reads. Secrets are not among it. */
const READER_RULES: PolicyRule[] = [
  {
    apiGroups: [''],
    resources: [
      'configmaps',
      'endpoints',
      'events',
      'limitranges',
      'namespaces',
      'nodes',
      'persistentvolumeclaims',
      'persistentvolumes',
      'pods',
      'pods/log',
      'resourcequotas',
      'serviceaccounts',
      'services',
    ],
    verbs: READ,
  },
  {
    // The exporters of GPU metrics and the model servers answer through the API server.
    apiGroups: [''],
    resources: ['pods/proxy', 'services/proxy'],
    verbs: ['get'],
  },
  { apiGroups: ['apps'], resources: ['*'], verbs: READ },
  { apiGroups: ['batch'], resources: ['*'], verbs: READ },
  {
    apiGroups: ['autoscaling'],
    resources: ['horizontalpodautoscalers'],
    verbs: READ,
  },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: READ },
  { apiGroups: ['networking.k8s.io'], resources: ['*'], verbs: READ },
  { apiGroups: ['discovery.k8s.io'], resources: ['*'], verbs: READ },
  { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: READ },
  { apiGroups: ['storage.k8s.io'], resources: ['storageclasses'], verbs: READ },
  { apiGroups: ['scheduling.k8s.io'], resources: ['*'], verbs: READ },
  { apiGroups: ['metrics.k8s.io'], resources: ['nodes', 'pods'], verbs: READ },
  {
    apiGroups: ['apiextensions.k8s.io'],
    resources: ['customresourcedefinitions'],
    verbs: READ,
  },
  ...Object.entries(GENAI_GROUPS).map(([group, resources]) => ({
    apiGroups: [group],
    resources,
    verbs: READ,
  })),
];

/** Questions to model servers in the namespaces of teams, where a RoleBinding says so. */
const TRY_IT_RULES: PolicyRule[] = [
  { apiGroups: [''], resources: ['services/proxy'], verbs: ['create'] },
];

/** Fill of volumes from the kubelets. */
const VOLUMES_RULES: PolicyRule[] = [
  { apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get'] },
];

/** What the portal may write in the namespaces of teams, where a RoleBinding says so. */
const DEPLOYER_RULES: PolicyRule[] = [
  {
    apiGroups: [''],
    resources: [
      'configmaps',
      'persistentvolumeclaims',
      'serviceaccounts',
      'services',
    ],
    verbs: WRITE,
  },
  {
    apiGroups: ['apps'],
    resources: ['deployments', 'statefulsets'],
    verbs: WRITE,
  },
  { apiGroups: ['batch'], resources: ['cronjobs', 'jobs'], verbs: WRITE },
  {
    apiGroups: ['networking.k8s.io'],
    resources: ['ingresses', 'networkpolicies'],
    verbs: WRITE,
  },
  { apiGroups: ['policy'], resources: ['poddisruptionbudgets'], verbs: WRITE },
  {
    apiGroups: ['autoscaling'],
    resources: ['horizontalpodautoscalers'],
    verbs: WRITE,
  },
  {
    apiGroups: ['monitoring.coreos.com'],
    resources: ['podmonitors', 'servicemonitors'],
    verbs: WRITE,
  },
  {
    apiGroups: ['serving.kserve.io'],
    resources: ['inferenceservices'],
    verbs: WRITE,
  },
  { apiGroups: ['apps.nvidia.com'], resources: ['nimservices'], verbs: WRITE },
  {
    apiGroups: ['postgresql.cnpg.io'],
    resources: ['clusters', 'databases', 'poolers', 'scheduledbackups'],
    verbs: WRITE,
  },
  { apiGroups: ['milvus.io'], resources: ['milvuses'], verbs: WRITE },
];

/** What a member of a team may do in its namespace; a part of Kubernetes' own `edit`. */
const EDIT_RULES: PolicyRule[] = [
  ...DEPLOYER_RULES,
  { apiGroups: [''], resources: ['secrets'], verbs: WRITE },
  {
    apiGroups: [''],
    resources: ['pods', 'pods/proxy', 'services/proxy', 'pods/eviction'],
    verbs: WRITE,
  },
  {
    apiGroups: [''],
    resources: [
      'endpoints',
      'events',
      'limitranges',
      'namespaces',
      'pods/log',
      'pods/status',
      'resourcequotas',
    ],
    verbs: READ,
  },
  {
    apiGroups: ['apps'],
    resources: [
      'daemonsets',
      'replicasets',
      'deployments/scale',
      'replicasets/scale',
      'statefulsets/scale',
      'controllerrevisions',
    ],
    verbs: WRITE,
  },
];

const ALL_RULES: PolicyRule[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  { nonResourceURLs: ['*'], verbs: ['*'] },
];

const DISCOVERY_RULES: PolicyRule[] = [
  {
    nonResourceURLs: [
      '/api',
      '/api/*',
      '/apis',
      '/apis/*',
      '/healthz',
      '/livez',
      '/openapi',
      '/openapi/*',
      '/readyz',
      '/version',
      '/version/',
    ],
    verbs: ['get'],
  },
];

const BASIC_USER_RULES: PolicyRule[] = [
  {
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    verbs: ['create'],
  },
  {
    apiGroups: ['authentication.k8s.io'],
    resources: ['selfsubjectreviews'],
    verbs: ['create'],
  },
];

const PUBLIC_RULES: PolicyRule[] = [
  {
    nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'],
    verbs: ['get'],
  },
];

const GROUP = 'rbac.authorization.k8s.io';

function clusterRole(name: string, rules: PolicyRule[]): KubeObject {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'ClusterRole',
    metadata: {
      name,
      labels: { 'kubernetes.io/bootstrapping': 'rbac-defaults' },
    },
    rules,
  };
}

function clusterRoleBinding(
  name: string,
  role: string,
  subjects: Array<Record<string, string>>,
): KubeObject {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'ClusterRoleBinding',
    metadata: { name },
    roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: role },
    subjects,
  };
}

const group = (name: string) => ({ apiGroup: GROUP, kind: 'Group', name });

function bootstrapObjects(): Array<
  [group: string, plural: string, KubeObject]
> {
  const namespaces = [
    'default',
    'kube-node-lease',
    'kube-public',
    'kube-system',
    PORTAL_NAMESPACE,
  ];
  const roles: Array<[string, PolicyRule[]]> = [
    ['cluster-admin', ALL_RULES],
    ['edit', EDIT_RULES],
    ['view', READER_RULES],
    ['promptside-reader', READER_RULES],
    ['promptside-deployer', DEPLOYER_RULES],
    ['promptside-try-it', TRY_IT_RULES],
    ['promptside-volumes', VOLUMES_RULES],
    ['system:basic-user', BASIC_USER_RULES],
    ['system:discovery', DISCOVERY_RULES],
    ['system:public-info-viewer', PUBLIC_RULES],
  ];
  const portal = {
    kind: 'ServiceAccount',
    name: PORTAL_ACCOUNT,
    namespace: PORTAL_NAMESPACE,
  };
  const bindings = [
    clusterRoleBinding('cluster-admin', 'cluster-admin', [
      group('system:masters'),
    ]),
    clusterRoleBinding('promptside-reader', 'promptside-reader', [portal]),
    clusterRoleBinding('promptside-volumes', 'promptside-volumes', [portal]),
    clusterRoleBinding('system:basic-user', 'system:basic-user', [
      group('system:authenticated'),
    ]),
    clusterRoleBinding('system:discovery', 'system:discovery', [
      group('system:authenticated'),
    ]),
    clusterRoleBinding(
      'system:public-info-viewer',
      'system:public-info-viewer',
      [group('system:authenticated'), group('system:unauthenticated')],
    ),
  ];
  return [
    ...namespaces.map(
      name =>
        [
          '',
          'namespaces',
          { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
        ] as [string, string, KubeObject],
    ),
    [
      '',
      'serviceaccounts',
      {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: PORTAL_ACCOUNT, namespace: PORTAL_NAMESPACE },
      },
    ],
    ...roles.map(
      ([name, rules]) =>
        [GROUP, 'clusterroles', clusterRole(name, rules)] as [
          string,
          string,
          KubeObject,
        ],
    ),
    ...bindings.map(
      binding =>
        [GROUP, 'clusterrolebindings', binding] as [string, string, KubeObject],
    ),
  ];
}

/** Creates what every cluster has: system namespaces, the portal's account, base roles. What is there is left alone. */
export function bootstrap(store: MemoryStore) {
  for (const [apiGroup, plural, object] of bootstrapObjects()) {
    const resource = { group: apiGroup, version: 'v1', plural };
    const { namespace, name } = object.metadata;
    if (!store.get(resource, namespace, name)) {
      store.create(resource, object);
    }
  }
}
