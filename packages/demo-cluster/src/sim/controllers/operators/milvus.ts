import { Condition, PodSpec } from '../../kubeTypes';
import { Milvus } from '../../storeTypes';
import { OperatorSpoke, Part } from './OperatorSpoke';

const IMAGE = 'milvusdb/milvus:v2.6.11';
const HELPERS = {
  etcd: { image: 'milvusdb/etcd:3.5.18', port: 2379 },
  minio: { image: 'minio/minio:RELEASE.2023-03-20T20-16-18Z', port: 9000 },
} as const;
const CLUSTER_COMPONENTS = [
  'proxy',
  'mixcoord',
  'querynode',
  'datanode',
  'streamingnode',
] as const;

/** Names in the spec where they differ from those of the Deployments only by case. */
const SPEC_KEYS: Readonly<Record<string, string>> = {
  mixcoord: 'mixCoord',
  querynode: 'queryNode',
  datanode: 'dataNode',
  streamingnode: 'streamingNode',
};

const componentsOf = ({ spec }: Milvus): readonly string[] =>
  spec.mode === 'cluster' ? CLUSTER_COMPONENTS : ['standalone'];

const replicasOf = ({ spec }: Milvus, component: string): number => {
  const part = spec.components?.[SPEC_KEYS[component] ?? component];
  return (part as { replicas?: number } | undefined)?.replicas ?? 1;
};

const deploymentName = (milvus: Milvus, component: string) =>
  `${milvus.metadata.name}-milvus-${component}`;

const labelsOf = (milvus: Milvus, component: string) => ({
  'app.kubernetes.io/instance': milvus.metadata.name,
  'app.kubernetes.io/name': 'milvus',
  'app.kubernetes.io/component': component,
  'app.kubernetes.io/managed-by': 'milvus-operator',
});

const podSpec = (name: string, image: string, ports: object[]): PodSpec =>
  ({
    securityContext: {
      runAsNonRoot: true,
      runAsUser: 1000,
      seccompProfile: { type: 'RuntimeDefault' },
    },
    containers: [
      {
        name,
        image,
        ports,
        resources: { requests: { cpu: '250m', memory: '512Mi' } },
        securityContext: {
          allowPrivilegeEscalation: false,
          capabilities: { drop: ['ALL'] },
          runAsNonRoot: true,
        },
      },
    ],
  }) as PodSpec;

const componentParts = (milvus: Milvus): Part[] =>
  componentsOf(milvus).map(component => {
    const labels = labelsOf(milvus, component);
    return {
      resource: 'deployments',
      object: {
        metadata: { name: deploymentName(milvus, component), labels },
        spec: {
          replicas: replicasOf(milvus, component),
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: podSpec(component, milvus.spec.components?.image ?? IMAGE, [
              { name: 'milvus', containerPort: 19530, protocol: 'TCP' },
              { name: 'metrics', containerPort: 9091, protocol: 'TCP' },
            ]),
          },
        },
      },
    };
  });

const helperParts = (milvus: Milvus): Part[] =>
  Object.entries(HELPERS).flatMap(([helper, { image, port }]): Part[] => {
    const name = `${milvus.metadata.name}-${helper}`;
    const labels = {
      'app.kubernetes.io/instance': name,
      'app.kubernetes.io/name': helper,
    };
    return [
      {
        resource: 'statefulsets',
        object: {
          metadata: { name, labels },
          spec: {
            replicas: 1,
            serviceName: name,
            selector: { matchLabels: labels },
            template: {
              metadata: { labels },
              spec: podSpec(helper, image, [
                { name: 'client', containerPort: port, protocol: 'TCP' },
              ]),
            },
            volumeClaimTemplates: [
              {
                metadata: { name: 'data', labels },
                spec: {
                  accessModes: ['ReadWriteOnce'],
                  resources: { requests: { storage: '10Gi' } },
                },
              },
            ],
          },
        },
      },
      {
        resource: 'services',
        object: {
          metadata: { name, labels },
          spec: {
            type: 'ClusterIP',
            selector: labels,
            ports: [
              { name: 'client', port, targetPort: 'client', protocol: 'TCP' },
            ],
          },
        },
      },
    ];
  });

/** Milvus' operator with etcd and MinIO inside the cluster; the message stream is Woodpecker on MinIO. */
export const milvusSpoke: OperatorSpoke<'milvuses'> = {
  component: 'milvus-controller',
  resource: 'milvuses',
  kind: 'Milvus',
  dependents: ['deployments', 'statefulsets'],
  parts: milvus => [
    ...helperParts(milvus),
    ...componentParts(milvus),
    {
      resource: 'services',
      object: {
        metadata: {
          name: `${milvus.metadata.name}-milvus`,
          labels: labelsOf(milvus, 'service'),
        },
        spec: {
          type: 'ClusterIP',
          selector: labelsOf(
            milvus,
            milvus.spec.mode === 'cluster' ? 'proxy' : 'standalone',
          ),
          ports: [
            {
              name: 'milvus',
              port: 19530,
              targetPort: 'milvus',
              protocol: 'TCP',
            },
            {
              name: 'metrics',
              port: 9091,
              targetPort: 'metrics',
              protocol: 'TCP',
            },
          ],
        },
      },
    },
  ],
  status(milvus, { cluster }) {
    const { name, namespace, generation } = milvus.metadata;
    const deployments = componentsOf(milvus).map(component => ({
      component,
      deployment: cluster.get(
        'deployments',
        namespace,
        deploymentName(milvus, component),
      ),
    }));
    const sick = deployments
      .filter(
        ({ component, deployment }) =>
          (deployment?.status?.readyReplicas ?? 0) <
          replicasOf(milvus, component),
      )
      .map(({ component }) => component);
    const isUp = (helper: string) =>
      (cluster.get('statefulsets', namespace, `${name}-${helper}`)?.status
        ?.readyReplicas ?? 0) > 0;
    const dependency = (type: string, ready: boolean): Condition => ({
      type,
      status: ready ? 'True' : 'False',
      reason: ready ? type : type.replace('Ready', 'NotReady'),
      message: ready ? `${type} is fine` : `${type}: no endpoint answers`,
    });
    const wasHealthy = milvus.status?.status === 'Healthy';
    const isHealthy = sick.length === 0 && isUp('etcd') && isUp('minio');
    const unhealthy =
      wasHealthy || milvus.status?.status === 'Unhealthy'
        ? 'Unhealthy'
        : 'Pending';
    return {
      status: isHealthy ? 'Healthy' : unhealthy,
      endpoint: `${name}-milvus.${namespace}:19530`,
      currentImage: milvus.spec.components?.image ?? IMAGE,
      currentVersion: '2.6.11',
      observedGeneration: generation,
      componentsDeployStatus: Object.fromEntries(
        deployments.map(({ component, deployment }) => [
          component,
          {
            generation: deployment?.metadata.generation ?? 0,
            image: milvus.spec.components?.image ?? IMAGE,
            status: {
              replicas: replicasOf(milvus, component),
              readyReplicas: deployment?.status?.readyReplicas ?? 0,
            },
          },
        ]),
      ),
      conditions: [
        dependency('EtcdReady', isUp('etcd')),
        dependency('StorageReady', isUp('minio')),
        dependency('MsgStreamReady', isUp('minio')),
        {
          type: 'MilvusReady',
          status: isHealthy ? 'True' : 'False',
          reason: isHealthy
            ? 'ReasonMilvusHealthy'
            : 'MilvusComponentNotHealthy',
          message: isHealthy
            ? 'All Milvus components are healthy'
            : `[${sick.join(' ')}] not ready`,
        },
      ],
    };
  },
};
