import { findCondition } from './conditions';
import {
  createTestCluster,
  testDeployment,
  testNode,
} from './__testing__/testCluster';

describe('deployments', () => {
  it('walks from the Deployment to a ready pod and tells of each step', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('gpu-1', { 'nvidia.com/gpu': '1' }));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('chat', { limits: { 'nvidia.com/gpu': '1' } }),
    );
    cluster.clock.advance(60_000);

    expect(cluster.faults).toEqual([]);
    const [pod] = cluster.list('pods');
    expect(pod.status).toMatchObject({
      phase: 'Running',
      podIP: '10.244.7.2',
      hostIP: '10.0.0.7',
      containerStatuses: [{ name: 'server', ready: true, restartCount: 0 }],
    });
    expect(
      pod.status?.conditions?.map(({ type, status }) => `${type}=${status}`),
    ).toEqual([
      'PodScheduled=True',
      'PodReadyToStartContainers=True',
      'Initialized=True',
      'Ready=True',
      'ContainersReady=True',
    ]);
    const { status } = cluster.get('deployments', 'chat');
    expect(status).toMatchObject({
      observedGeneration: 1,
      replicas: 1,
      updatedReplicas: 1,
      readyReplicas: 1,
      availableReplicas: 1,
    });
    expect(findCondition(status?.conditions, 'Progressing')).toMatchObject({
      status: 'True',
      reason: 'NewReplicaSetAvailable',
    });
    const name = pod.metadata.name;
    expect(cluster.eventTexts()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^Normal ScalingReplicaSet Scaled up replica set chat-\w+ from 0 to 1$/,
        ),
        `Normal SuccessfulCreate Created pod: ${name}`,
        `Normal Scheduled Successfully assigned team-search/${name} to gpu-1`,
        'Normal Pulling Pulling image "example.com/server:v1"',
        'Normal Pulled Successfully pulled image "example.com/server:v1" in 4.000s (4.000s including waiting). Image size: 1000000 bytes.',
        'Normal Started Started container server',
      ]),
    );
  });

  it('is at rest once everything is ready', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('node-1'));
    cluster.start();
    cluster.put('deployments', testDeployment('chat', { replicas: 3 }));
    cluster.clock.advance(120_000);
    const version = cluster.store.version();

    cluster.clock.advance(300_000);

    expect(cluster.store.version()).toBe(version);
    // What still waits is the sweep of old events.
    expect(cluster.clock.pending()).toBeLessThanOrEqual(2);
  });

  it('replaces pods within surge and unavailability, and finds the old ReplicaSet again on rollback', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('node-1'));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('chat', {
        replicas: 4,
        strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      }),
    );
    cluster.clock.advance(60_000);
    const setImage = (image: string) =>
      cluster.change('deployments', 'chat', deployment => ({
        ...deployment,
        spec: {
          ...deployment.spec,
          template: {
            ...deployment.spec.template,
            spec: {
              containers: deployment.spec.template.spec.containers.map(
                container => ({ ...container, image }),
              ),
            },
          },
        },
      }));
    const [first] = cluster.list('replicasets');

    setImage('example.com/server:v2');
    const readyCounts: number[] = [];
    const podCounts: number[] = [];
    for (let second = 0; second < 120; second++) {
      cluster.clock.advance(1_000);
      const alive = cluster
        .list('pods')
        .filter(({ metadata }) => !metadata.deletionTimestamp);
      podCounts.push(alive.length);
      readyCounts.push(
        alive.filter(
          ({ status }) => status?.containerStatuses?.[0].ready === true,
        ).length,
      );
    }

    expect(Math.max(...podCounts)).toBe(5);
    expect(Math.min(...readyCounts)).toBe(4);
    expect(
      cluster.list('pods').map(({ spec }) => spec.containers[0].image),
    ).toEqual(Array(4).fill('example.com/server:v2'));
    expect(
      cluster.get('deployments', 'chat').metadata.annotations?.[
        'deployment.kubernetes.io/revision'
      ],
    ).toBe('2');

    setImage('example.com/server:v1');
    cluster.clock.advance(120_000);

    expect(cluster.list('replicasets')).toHaveLength(2);
    expect(cluster.get('replicasets', first.metadata.name).spec.replicas).toBe(
      4,
    );
    expect(
      cluster.get('deployments', 'chat').metadata.annotations?.[
        'deployment.kubernetes.io/revision'
      ],
    ).toBe('3');
    expect(cluster.faults).toEqual([]);
  });

  it('frees the only GPU before the new pod with Recreate', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('gpu-1', { 'nvidia.com/gpu': '1' }));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('chat', {
        limits: { 'nvidia.com/gpu': '1' },
        strategy: { type: 'Recreate' },
      }),
    );
    cluster.clock.advance(60_000);
    cluster.change('deployments', 'chat', deployment => ({
      ...deployment,
      spec: {
        ...deployment.spec,
        template: {
          ...deployment.spec.template,
          metadata: { labels: { app: 'chat', version: '2' } },
        },
      },
    }));

    cluster.clock.advance(60_000);

    const pods = cluster.list('pods');
    expect(pods).toHaveLength(1);
    expect(pods[0].metadata.labels?.version).toBe('2');
    expect(pods[0].status?.containerStatuses?.[0].ready).toBe(true);
    expect(
      cluster.eventTexts().filter(text => text.includes('FailedScheduling')),
    ).toEqual([]);
  });

  it('says ProgressDeadlineExceeded when the rollout is stuck', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('node-1'));
    cluster.start();
    const deployment = testDeployment('chat', {
      limits: { 'nvidia.com/gpu': '1' },
    });
    cluster.put('deployments', {
      ...deployment,
      spec: { ...deployment.spec, progressDeadlineSeconds: 30 },
    });

    cluster.clock.advance(40_000);

    const { status } = cluster.get('deployments', 'chat');
    expect(findCondition(status?.conditions, 'Progressing')).toMatchObject({
      status: 'False',
      reason: 'ProgressDeadlineExceeded',
    });
    expect(findCondition(status?.conditions, 'Available')).toMatchObject({
      status: 'False',
      reason: 'MinimumReplicasUnavailable',
    });
  });

  it('removes the pods after their grace when the Deployment is deleted', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('node-1'));
    cluster.start();
    cluster.put('deployments', testDeployment('chat', { replicas: 2 }));
    cluster.clock.advance(60_000);

    cluster.remove('deployments', 'chat');
    cluster.clock.advance(1_000);
    expect(
      cluster
        .list('pods')
        .map(({ metadata }) => Boolean(metadata.deletionTimestamp)),
    ).toEqual([true, true]);
    cluster.clock.advance(10_000);

    expect(cluster.list('pods')).toEqual([]);
    expect(cluster.list('replicasets')).toEqual([]);
    expect(cluster.eventTexts()).toContain(
      'Normal Killing Stopping container server',
    );
  });
});
