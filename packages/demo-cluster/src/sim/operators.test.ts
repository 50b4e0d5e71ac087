import { serveDefinitions } from '../api/crd/controller';
import { definitionObjects } from '../seed/operators';
import {
  createTestCluster,
  TestCluster,
  testNode,
} from './__testing__/testCluster';
import { testPrograms } from './__testing__/testCluster';
import { findCondition } from './conditions';
import { ContainerProgram } from './kubelet/ContainerProgram';
import { InferenceService, KaitoWorkspace, KubeAiModel } from './operatorTypes';

/** A cluster with a node of two GPUs and the operators' definitions; `programs` by container name. */
function operated(programs: Record<string, Partial<ContainerProgram>> = {}) {
  const cluster = createTestCluster(testPrograms(programs));
  serveDefinitions(cluster.store);
  for (const { resource, object } of definitionObjects()) {
    cluster.store.create(resource, object);
  }
  cluster.put(
    'nodes',
    testNode('gpu-1', { 'nvidia.com/gpu': '2' }, { labels: { pool: 'gpu' } }),
  );
  cluster.start();
  return cluster;
}

const LIMITS = { limits: { 'nvidia.com/gpu': '1' } };

const inferenceService = (
  model: Partial<
    NonNullable<InferenceService['spec']['predictor']['model']>
  > = {},
): Pick<InferenceService, 'metadata' | 'spec'> => ({
  metadata: { name: 'chat' },
  spec: {
    predictor: {
      minReplicas: 1,
      model: {
        modelFormat: { name: 'huggingface' },
        resources: LIMITS,
        ...model,
      },
    },
  },
});

const condition = (
  cluster: TestCluster,
  ...[resource, type]:
    | ['inferenceservices', string]
    | ['workspaces', string]
    | ['nimservices', string]
) => findCondition(cluster.get(resource, 'chat').status?.conditions, type);

describe('KServe', () => {
  it('goes from not available to ready, and tells of both', () => {
    const cluster = operated();
    cluster.put('inferenceservices', inferenceService());
    cluster.clock.advance(1_000);
    expect(condition(cluster, 'inferenceservices', 'Ready')).toMatchObject({
      status: 'False',
      reason: 'MinimumReplicasUnavailable',
    });
    cluster.clock.advance(60_000);
    expect(condition(cluster, 'inferenceservices', 'Ready')?.status).toBe(
      'True',
    );
    expect(cluster.faults).toEqual([]);
  });

  it('repeats the last words of a model that does not load', () => {
    const cluster = operated({
      'kserve-container': {
        loadMs: 60_000,
        exit: {
          afterMs: 1_000,
          exitCode: 1,
          reason: 'Error',
          message: 'CUDA out of memory',
        },
      },
    });
    cluster.put(
      'inferenceservices',
      inferenceService({ terminationMessagePolicy: 'FallbackToLogsOnError' }),
    );
    cluster.clock.advance(120_000);
    expect(
      cluster.get('inferenceservices', 'chat').status?.modelStatus,
    ).toMatchObject({
      transitionStatus: 'BlockedByFailedLoad',
      lastFailureInfo: {
        reason: 'ModelLoadFailed',
        message: 'CUDA out of memory',
        exitCode: 1,
      },
    });
  });

  it('makes nothing of a format that no runtime serves', () => {
    const cluster = operated();
    cluster.put(
      'inferenceservices',
      inferenceService({ modelFormat: { name: 'sklearn' } }),
    );
    cluster.clock.advance(1_000);
    expect(cluster.list('deployments')).toEqual([]);
    expect(
      cluster.get('inferenceservices', 'chat').status?.modelStatus,
    ).toMatchObject({
      transitionStatus: 'InvalidSpec',
      lastFailureInfo: { reason: 'NoSupportingRuntime' },
    });
  });

  it('rolls a change out, and takes its parts along when it goes', () => {
    const cluster = operated();
    cluster.put('inferenceservices', inferenceService());
    cluster.clock.advance(60_000);
    cluster.change('inferenceservices', 'chat', service => ({
      ...service,
      spec: inferenceService({ args: ['--max-model-len=1024'] }).spec,
    }));
    cluster.clock.advance(1_000);
    const [container] = cluster.get('deployments', 'chat-predictor').spec
      .template.spec.containers;
    expect(container.args).toEqual(['--max-model-len=1024']);

    cluster.remove('inferenceservices', 'chat');
    cluster.clock.advance(60_000);
    expect(cluster.list('deployments')).toEqual([]);
    expect(cluster.list('services')).toEqual([]);
    expect(cluster.list('pods')).toEqual([]);
  });

  it("leaves a Deployment of its predictor's name alone that is not its own", () => {
    const cluster = operated();
    cluster.put('deployments', {
      metadata: { name: 'chat-predictor' },
      spec: {
        replicas: 0,
        selector: { matchLabels: { app: 'x' } },
        template: {
          metadata: { labels: { app: 'x' } },
          spec: { containers: [{ name: 'x', image: 'x' }] },
        },
      },
    });
    cluster.put('inferenceservices', inferenceService());
    cluster.clock.advance(10_000);
    expect(cluster.get('deployments', 'chat-predictor').spec.replicas).toBe(0);
  });
});

describe('KAITO', () => {
  const workspace = (
    labels: Record<string, string>,
  ): Pick<KaitoWorkspace, 'metadata' | 'resource' | 'inference'> => ({
    metadata: { name: 'chat' },
    resource: {
      labelSelector: { matchLabels: labels },
      partition: { mode: 'accelerator', count: 1 },
    },
    inference: { preset: { name: 'phi-4' } },
  });

  it('waits for nodes that nobody has brought', () => {
    const cluster = operated();
    cluster.put('workspaces', workspace({ pool: 'elsewhere' }));
    cluster.clock.advance(10_000);
    expect(condition(cluster, 'workspaces', 'NodesReady')).toMatchObject({
      status: 'False',
      reason: 'NodeNotReady',
      message: 'Not enough Nodes are ready',
    });
    expect(cluster.list('statefulsets')).toEqual([]);
  });

  it('serves on a node with the labels, with the devices of its partition', () => {
    const cluster = operated();
    cluster.put('workspaces', workspace({ pool: 'gpu' }));
    cluster.clock.advance(60_000);
    expect(cluster.get('workspaces', 'chat').status).toMatchObject({
      state: 'Ready',
      workerNodes: ['gpu-1'],
    });
    const [pod] = cluster.list('pods');
    expect(pod.spec.containers[0].resources?.limits).toEqual({
      'nvidia.com/gpu': '1',
    });
  });
});

describe('the NIM operator', () => {
  it('is ready with its Deployment and then names model and endpoint', () => {
    const cluster = operated();
    cluster.put('nimservices', {
      metadata: { name: 'chat' },
      spec: {
        image: { repository: 'nvcr.io/nim/meta/llama', tag: '2.0.13' },
        resources: LIMITS,
      },
    });
    cluster.clock.advance(1_000);
    expect(condition(cluster, 'nimservices', 'Ready')).toMatchObject({
      status: 'False',
      reason: 'NotReady',
    });
    cluster.clock.advance(60_000);
    expect(cluster.get('nimservices', 'chat').status).toMatchObject({
      state: 'Ready',
      availableReplicas: 1,
      model: {
        name: 'meta/llama',
        clusterEndpoint: 'chat.team-search.svc.cluster.local:8000',
      },
    });
  });
});

describe('KubeAI', () => {
  const model = (
    spec: Partial<KubeAiModel['spec']>,
  ): Pick<KubeAiModel, 'metadata' | 'spec'> => ({
    metadata: { name: 'chat' },
    spec: {
      url: 'hf://acme/tiny-1b',
      engine: 'VLLM',
      resourceProfile: 'nvidia-gpu-l4:1',
      ...spec,
    },
  });
  const withL4 = () => {
    const cluster = operated();
    cluster.put(
      'nodes',
      testNode(
        'l4-1',
        { 'nvidia.com/gpu': '4' },
        { labels: { 'nvidia.com/gpu.product': 'NVIDIA-L4' } },
      ),
    );
    return cluster;
  };

  it('makes pods of its own, counts them and scales them', () => {
    const cluster = withL4();
    cluster.put('models', model({ minReplicas: 2 }));
    cluster.clock.advance(60_000);
    expect(cluster.get('models', 'chat').status?.replicas).toEqual({
      all: 2,
      ready: 2,
    });
    cluster.change('models', 'chat', current => ({
      ...current,
      spec: { ...current.spec, minReplicas: 0, replicas: 0 },
    }));
    cluster.clock.advance(60_000);
    expect(cluster.list('pods')).toEqual([]);
  });

  it('makes none for a profile that it does not know', () => {
    const cluster = withL4();
    cluster.put('models', model({ minReplicas: 1, resourceProfile: 'tpu:1' }));
    cluster.clock.advance(60_000);
    expect(cluster.list('pods')).toEqual([]);
    expect(cluster.faults).toEqual([]);
  });
});

describe('CloudNativePG', () => {
  it('writes the Secret with which applications reach the cluster', () => {
    const cluster = operated();
    cluster.put('clusters', {
      metadata: { name: 'docs' },
      spec: { instances: 1, storage: { size: '1Gi' } },
    });
    cluster.clock.advance(1_000);
    const { data = {}, type } = cluster.get('secrets', 'docs-app');
    expect(type).toBe('kubernetes.io/basic-auth');
    expect(Object.keys(data)).toEqual(
      expect.arrayContaining(['uri', 'username', 'password', 'host', 'port']),
    );
    expect(Buffer.from(data.uri, 'base64').toString()).toBe(
      'postgresql://app:simulated@docs-rw.team-search:5432/app',
    );
    expect(cluster.faults).toEqual([]);
  });
});
