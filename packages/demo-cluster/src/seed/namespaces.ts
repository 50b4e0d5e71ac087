import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { PORTAL_ACCOUNT, PORTAL_NAMESPACE } from '../auth/users';
import { seedObject, SeedObject } from './SeedObject';

/** A team with a namespace of its own. */
export interface Team {
  namespace: string;
  /** Catalog Group and Kubernetes group of the team. */
  group: string;
  /** Limits of `requests.<resource>`. */
  devices: Record<string, string>;
}

/** The two teams of the demo. */
export const TEAMS: readonly Team[] = [
  {
    namespace: 'team-search',
    group: 'team-search',
    devices: {
      'nvidia.com/gpu': '8',
      'nvidia.com/mig-1g.10gb': '7',
      'nvidia.com/mig-3g.40gb': '2',
      'amd.com/gpu': '0',
      'gpu.intel.com/i915': '2',
      'gpu.intel.com/xe': '0',
    },
  },
  {
    namespace: 'team-chat',
    group: 'team-chat',
    devices: {
      'nvidia.com/gpu': '6',
      'nvidia.com/mig-1g.10gb': '0',
      'nvidia.com/mig-3g.40gb': '2',
      'amd.com/gpu': '4',
      'gpu.intel.com/i915': '1',
      'gpu.intel.com/xe': '2',
    },
  },
];

/** Where the platform team serves models by operators, without a quota. Their pods are not restricted, so the level is a lower one. */
export const SERVING_NAMESPACE = 'model-platform';

/** A namespace in which the portal may not deploy and which has no quota. */
export const LOCKED_NAMESPACE = 'research-locked';

/** Namespaces of operators and exporters. */
export const SYSTEM_NAMESPACES = [
  'gpu-operator',
  'kube-amd-gpu',
  'inteldeviceplugins-system',
  'monitoring',
] as const;

const RBAC = 'rbac.authorization.k8s.io';

const podSecurity = (level: string) => ({
  'pod-security.kubernetes.io/enforce': level,
  'pod-security.kubernetes.io/enforce-version': 'v1.35',
  'pod-security.kubernetes.io/audit': level,
  'pod-security.kubernetes.io/warn': level,
});

const namespace = (
  name: string,
  labels: Record<string, string>,
  owner?: string,
) =>
  seedObject('v1', 'Namespace', 'namespaces', {
    name,
    labels,
    ...(owner && {
      annotations: { [ANNOTATIONS.owner]: `group:default/${owner}` },
    }),
  });

const roleBinding = (
  home: string,
  name: string,
  role: string,
  subject: Record<string, string>,
) =>
  seedObject(
    `${RBAC}/v1`,
    'RoleBinding',
    'rolebindings',
    { name, namespace: home },
    {
      roleRef: { apiGroup: RBAC, kind: 'ClusterRole', name: role },
      subjects: [subject],
    },
  );

/** What the portal may do where it deploys. */
const PORTAL_ROLES = ['promptside-deployer', 'promptside-try-it'];
const PORTAL = {
  kind: 'ServiceAccount',
  name: PORTAL_ACCOUNT,
  namespace: PORTAL_NAMESPACE,
};

const teamObjects = (team: Team): SeedObject[] => {
  const home = team.namespace;
  return [
    namespace(
      home,
      { ...podSecurity('restricted'), 'promptside.io/team': team.group },
      team.group,
    ),
    // As a team that has accepted the licences of gated models; nothing reads what stands in it.
    seedObject(
      'v1',
      'Secret',
      'secrets',
      { name: 'hf-token', namespace: home },
      {
        type: 'Opaque',
        data: { HF_TOKEN: Buffer.from('simulated').toString('base64') },
      },
    ),
    seedObject(
      'v1',
      'ResourceQuota',
      'resourcequotas',
      { name: 'team-quota', namespace: home },
      {
        spec: {
          hard: {
            'requests.cpu': '128',
            'requests.memory': '1536Gi',
            'requests.storage': '4Ti',
            pods: '100',
            persistentvolumeclaims: '40',
            ...Object.fromEntries(
              Object.entries(team.devices).map(([resource, count]) => [
                `requests.${resource}`,
                count,
              ]),
            ),
          },
        },
      },
    ),
    // Only cpu and memory: a default for GPUs would give one to every pod.
    seedObject(
      'v1',
      'LimitRange',
      'limitranges',
      { name: 'defaults', namespace: home },
      {
        spec: {
          limits: [
            {
              type: 'Container',
              default: { cpu: '2', memory: '4Gi' },
              defaultRequest: { cpu: '250m', memory: '512Mi' },
            },
          ],
        },
      },
    ),
    ...PORTAL_ROLES.map(role => roleBinding(home, role, role, PORTAL)),
    roleBinding(home, 'team-edit', 'edit', {
      apiGroup: RBAC,
      kind: 'Group',
      name: team.group,
    }),
  ];
};

/**
 * Namespaces of operators, teams and of one place that is closed to the portal, with quota, defaults and bindings.
 */
export function namespaceObjects(): SeedObject[] {
  return [
    ...SYSTEM_NAMESPACES.map(name =>
      namespace(name, {
        'pod-security.kubernetes.io/enforce': 'privileged',
      }),
    ),
    ...TEAMS.flatMap(teamObjects),
    namespace(SERVING_NAMESPACE, podSecurity('baseline'), 'platform'),
    ...PORTAL_ROLES.map(role =>
      roleBinding(SERVING_NAMESPACE, role, role, PORTAL),
    ),
    namespace(LOCKED_NAMESPACE, podSecurity('restricted'), 'research'),
  ];
}
