import { Cluster } from '../../Cluster';
import { findCondition } from '../../conditions';
import { Condition, Node, PodSpec, PodTemplate } from '../../kubeTypes';
import { KaitoWorkspace } from '../../operatorTypes';
import { matchesSelector } from '../../selectors';
import { OperatorSpoke, Part } from './OperatorSpoke';

/** Image of KAITO's engines; the models are downloaded at run time (0.12). */
const IMAGE = 'mcr.microsoft.com/aks/kaito/kaito-base:0.5.0';
const LABEL = 'kaito.sh/workspace';
const PORT = 5000;

const wantedNodes = ({ resource }: KaitoWorkspace) => resource.count ?? 1;

/** Nodes that somebody has brought for it and that are ready; the demo's KAITO orders none. */
const readyNodes = (workspace: KaitoWorkspace, cluster: Cluster): Node[] =>
  cluster
    .list('nodes')
    .filter(
      ({ metadata, status }) =>
        matchesSelector(workspace.resource.labelSelector, metadata.labels) &&
        findCondition(status.conditions, 'Ready')?.status === 'True',
    );

/** The extended resource and how many of it each pod asks for: a whole node, or the part of it that `partition` says. */
const devicesOf = (
  { resource: { partition } }: KaitoWorkspace,
  node: Node,
): Record<string, string> => {
  if (partition?.mode === 'mig' && partition.profile) {
    return { [`nvidia.com/mig-${partition.profile}`]: '1' };
  }
  const count =
    partition?.count ?? node.metadata.labels?.['nvidia.com/gpu.count'] ?? 1;
  return { 'nvidia.com/gpu': String(count) };
};

const podSpecOf = (workspace: KaitoWorkspace, node: Node): PodSpec => {
  const { metadata, inference, resource } = workspace;
  const preset = inference?.preset?.name ?? '';
  const devices = devicesOf(workspace, node);
  const probe = { httpGet: { path: '/health', port: PORT } };
  const labels = Object.entries(resource.labelSelector.matchLabels ?? {});
  return {
    containers: [
      {
        name: metadata.name,
        image: IMAGE,
        command: [
          '/bin/sh',
          '-c',
          `python3 /workspace/vllm/inference_api.py --model=${preset} --served-model-name=${preset} --max-model-len=auto --tensor-parallel-size=${Object.values(devices)[0]}`,
        ],
        ports: [{ name: 'http', containerPort: PORT, protocol: 'TCP' }],
        resources: { requests: devices, limits: devices },
        startupProbe: { ...probe, failureThreshold: 180, periodSeconds: 10 },
        readinessProbe: { ...probe, periodSeconds: 10 },
        livenessProbe: { ...probe, periodSeconds: 10 },
        terminationMessagePolicy: 'FallbackToLogsOnError',
        volumeMounts: [{ name: 'dshm', mountPath: '/dev/shm' }],
      },
    ],
    volumes: [{ name: 'dshm', emptyDir: { medium: 'Memory' } }],
    tolerations: ['nvidia.com/gpu', ...Object.keys(devices)].map(key => ({
      key,
      operator: 'Exists',
      effect: 'NoSchedule',
    })),
    ...(labels.length > 0 && {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchExpressions: labels.map(([key, value]) => ({
                  key,
                  operator: 'In',
                  values: [value],
                })),
              },
            ],
          },
        },
      },
    }),
  };
};

const templateOf = (workspace: KaitoWorkspace, node: Node): PodTemplate => {
  const own = workspace.inference?.template;
  return {
    metadata: {
      labels: { ...own?.metadata?.labels, [LABEL]: workspace.metadata.name },
      annotations: own?.metadata?.annotations,
    },
    spec: own?.spec ?? podSpecOf(workspace, node),
  };
};

const condition = (
  type: string,
  holds: boolean,
  [reason, message]: readonly [reason: string, message: string],
): Condition => ({ type, status: holds ? 'True' : 'False', reason, message });

/** KAITO without node provisioning: it waits until enough nodes with the labels are there. Workspaces that tune do nothing. */
export const kaitoWorkspaceSpoke: OperatorSpoke<'workspaces'> = {
  component: 'KAITO-Workspace-controller',
  resource: 'workspaces',
  kind: 'Workspace',
  dependents: ['statefulsets', 'services'],
  parts(workspace, cluster): Part[] {
    const nodes = readyNodes(workspace, cluster);
    if (!workspace.inference || nodes.length < wantedNodes(workspace)) {
      return [];
    }
    const { name } = workspace.metadata;
    const selector = { [LABEL]: name };
    return [
      {
        resource: 'statefulsets',
        object: {
          metadata: { name },
          spec: {
            replicas: wantedNodes(workspace),
            serviceName: `${name}-headless`,
            podManagementPolicy: 'Parallel',
            selector: { matchLabels: selector },
            template: templateOf(workspace, nodes[0]),
          },
        },
      },
      {
        resource: 'services',
        object: {
          metadata: { name },
          spec: {
            type: 'ClusterIP',
            publishNotReadyAddresses: true,
            selector: {
              ...selector,
              'statefulset.kubernetes.io/pod-name': `${name}-0`,
            },
            ports: [
              { name: 'http', port: 80, targetPort: PORT, protocol: 'TCP' },
              { name: 'ray', port: 6379, targetPort: 6379, protocol: 'TCP' },
              {
                name: 'dashboard',
                port: 8265,
                targetPort: 8265,
                protocol: 'TCP',
              },
            ],
          },
        },
      },
    ];
  },
  status(workspace, { cluster }) {
    const { name, namespace } = workspace.metadata;
    const nodes = readyNodes(workspace, cluster);
    const wanted = wantedNodes(workspace);
    const hasNodes = nodes.length >= wanted;
    const set = cluster.get('statefulsets', namespace, name);
    const serves = hasNodes && (set?.status?.readyReplicas ?? 0) >= wanted;
    const before = workspace.status?.state;
    return {
      targetNodeCount: wanted,
      workerNodes: nodes
        .slice(0, wanted)
        .map(({ metadata }) => metadata.name)
        .sort(),
      state: workspaceState(serves, before),
      conditions: [
        condition(
          'NodesReady',
          hasNodes,
          hasNodes
            ? ['NodesReady', 'Enough Nodes are ready']
            : ['NodeNotReady', 'Not enough Nodes are ready'],
        ),
        condition(
          'ResourceReady',
          hasNodes,
          hasNodes
            ? ['workspaceResourceStatusSuccess', 'workspace resource is ready']
            : [
                'workspaceResourceStatusNotReady',
                'node status condition not ready',
              ],
        ),
        condition(
          'InferenceReady',
          serves,
          serves
            ? [
                'WorkspaceInferenceStatusSuccess',
                'Inference has been deployed successfully',
              ]
            : [
                'WorkspaceInferenceStatusPending',
                'Inference workload is not ready',
              ],
        ),
        condition(
          'WorkspaceSucceeded',
          serves,
          serves
            ? ['workspaceSucceeded', 'workspace succeeds']
            : [
                'workspacePending',
                'workspace is waiting for inference workload readiness',
              ],
        ),
      ],
    };
  },
};

function workspaceState(serves: boolean, before: string | undefined): string {
  if (serves) return 'Ready';
  return before === 'Ready' || before === 'NotReady' ? 'NotReady' : 'Pending';
}
