import { findCondition } from './conditions';
import {
  createTestCluster,
  testDeployment,
  testNode,
} from './__testing__/testCluster';

const gpuTaint = {
  key: 'nvidia.com/gpu',
  value: 'present',
  effect: 'NoSchedule',
};
const toleration = {
  key: 'nvidia.com/gpu',
  operator: 'Exists',
  effect: 'NoSchedule',
};

describe('scheduling', () => {
  it('leaves pods of other schedulers alone', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('cpu'));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('batch', { spec: { schedulerName: 'kueue-scheduler' } }),
    );
    cluster.clock.advance(5_000);
    const [pod] = cluster.list('pods');
    expect(pod.spec.nodeName).toBeUndefined();
    expect(
      findCondition(pod.status?.conditions, 'PodScheduled'),
    ).toBeUndefined();
  });

  it('counts the reasons of all nodes in the words of the scheduler', () => {
    const cluster = createTestCluster();
    for (const name of ['h100-a', 'h100-b']) {
      cluster.put(
        'nodes',
        testNode(
          name,
          { 'nvidia.com/gpu': '2' },
          { taints: [gpuTaint], labels: { pool: 'gpu' } },
        ),
      );
    }
    cluster.put(
      'nodes',
      testNode('amd', {}, { taints: [{ ...gpuTaint, key: 'amd.com/gpu' }] }),
    );
    cluster.put('nodes', testNode('cpu'));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('chat', {
        limits: { 'nvidia.com/gpu': '4' },
        spec: { tolerations: [toleration], nodeSelector: { pool: 'gpu' } },
      }),
    );
    cluster.clock.advance(5_000);

    const [pod] = cluster.list('pods');
    const message =
      '0/4 nodes are available: ' +
      "1 node(s) didn't match Pod's node affinity/selector, " +
      '1 node(s) had untolerated taint {amd.com/gpu: present}, 2 Insufficient nvidia.com/gpu. ' +
      'preemption: 0/4 nodes are available: 4 Preemption is not helpful for scheduling.';
    expect(findCondition(pod.status?.conditions, 'PodScheduled')).toMatchObject(
      {
        status: 'False',
        reason: 'Unschedulable',
        message,
      },
    );
    expect(pod.status?.phase).toBe('Pending');
    expect(cluster.eventTexts()).toContain(
      `Warning FailedScheduling ${message}`,
    );
  });

  it('says that there are no victims where the node would be large enough', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('gpu-1', { 'nvidia.com/gpu': '2' }));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('first', { limits: { 'nvidia.com/gpu': '2' } }),
    );
    cluster.clock.advance(30_000);
    cluster.put(
      'deployments',
      testDeployment('second', { limits: { 'nvidia.com/gpu': '1' } }),
    );
    cluster.clock.advance(5_000);

    expect(cluster.eventTexts()).toContain(
      'Warning FailedScheduling 0/1 nodes are available: 1 Insufficient nvidia.com/gpu. ' +
        'preemption: 0/1 nodes are available: 1 No preemption victims found for incoming pod.',
    );
  });

  it('tries a waiting pod again when GPUs become free', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('gpu-1', { 'nvidia.com/gpu': '1' }));
    cluster.start();
    const limits = { 'nvidia.com/gpu': '1' };
    cluster.put('deployments', testDeployment('first', { limits }));
    cluster.clock.advance(30_000);
    cluster.put('deployments', testDeployment('second', { limits }));
    cluster.clock.advance(30_000);
    cluster.remove('deployments', 'first');
    cluster.clock.advance(30_000);

    const pods = cluster.list('pods');
    expect(pods).toHaveLength(1);
    expect(pods[0].metadata.labels).toMatchObject({ app: 'second' });
    expect(pods[0].spec.nodeName).toBe('gpu-1');
    expect(findCondition(pods[0].status?.conditions, 'PodScheduled')).toEqual({
      type: 'PodScheduled',
      status: 'True',
      lastTransitionTime: expect.any(String),
    });
  });

  it('compares memory labels with Gt and Lt as integers', () => {
    const cluster = createTestCluster();
    cluster.put(
      'nodes',
      testNode('l4', {}, { labels: { 'nvidia.com/gpu.memory': '23034' } }),
    );
    cluster.put(
      'nodes',
      testNode('h100', {}, { labels: { 'nvidia.com/gpu.memory': '81559' } }),
    );
    cluster.start();
    const spec = (operator: string) => ({
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'nvidia.com/gpu.memory', operator, values: ['40000'] },
                ],
              },
            ],
          },
        },
      },
    });
    cluster.put('deployments', testDeployment('large', { spec: spec('Gt') }));
    cluster.put('deployments', testDeployment('small', { spec: spec('Lt') }));
    cluster.clock.advance(5_000);

    expect(
      Object.fromEntries(
        cluster
          .list('pods')
          .map(({ metadata, spec: { nodeName } }) => [
            metadata.labels?.app,
            nodeName,
          ]),
      ),
    ).toEqual({ large: 'h100', small: 'l4' });
  });

  it('names a claim that does not exist and goes on when it appears', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('cpu'));
    cluster.put('storageclasses', {
      metadata: { name: 'standard' },
      provisioner: 'example.com/disk',
      volumeBindingMode: 'WaitForFirstConsumer',
    });
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('chat', {
        spec: {
          volumes: [
            {
              name: 'models',
              persistentVolumeClaim: { claimName: 'models' },
            },
          ],
        },
      }),
    );
    cluster.clock.advance(5_000);
    expect(cluster.eventTexts()).toContain(
      'Warning FailedScheduling 0/1 nodes are available: persistentvolumeclaim "models" not found. ' +
        'preemption: 0/1 nodes are available: 1 Preemption is not helpful for scheduling.',
    );

    cluster.put('persistentvolumeclaims', {
      metadata: { name: 'models' },
      spec: {
        storageClassName: 'standard',
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '20Gi' } },
      },
    });
    cluster.clock.advance(60_000);

    expect(cluster.list('pods')[0].status?.phase).toBe('Running');
    const claim = cluster.get('persistentvolumeclaims', 'models');
    expect(claim.status).toEqual({
      phase: 'Bound',
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '20Gi' },
    });
    expect(
      cluster.list('persistentvolumes').map(({ metadata }) => metadata.name),
    ).toEqual([claim.spec.volumeName]);
    expect(cluster.eventTexts()).toContain(
      'Normal WaitForFirstConsumer waiting for first consumer to be created before binding',
    );
    expect(cluster.faults).toEqual([]);
  });

  it('leaves cordoned nodes alone', () => {
    const cluster = createTestCluster();
    const node = testNode('cpu');
    cluster.put('nodes', {
      ...node,
      spec: { ...node.spec, unschedulable: true },
    });
    cluster.start();
    cluster.put('deployments', testDeployment('chat'));
    cluster.clock.advance(5_000);

    expect(cluster.eventTexts().join('\n')).toContain(
      '1 node(s) were unschedulable',
    );
  });
});
