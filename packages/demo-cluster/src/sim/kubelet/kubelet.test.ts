import { ApiStatusError } from '../../store/ApiStatusError';
import {
  createTestCluster,
  testDeployment,
  testNode,
  testPrograms,
} from '../__testing__/testCluster';

describe('kubelet', () => {
  it('restarts a crashing container with growing pauses and keeps its last words', () => {
    const cluster = createTestCluster(
      testPrograms({
        server: {
          exit: {
            afterMs: 5_000,
            exitCode: 1,
            reason: 'Error',
            message: 'CUDA out of memory',
          },
        },
      }),
    );
    cluster.put('nodes', testNode('node-1'));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('chat', {
        container: { terminationMessagePolicy: 'FallbackToLogsOnError' },
      }),
    );
    cluster.clock.advance(600_000);

    const [pod] = cluster.list('pods');
    const [status] = pod.status?.containerStatuses ?? [];
    // Starts at about 5, 11, 26, 51, 96, 181 and 346 s: 5 s of work each, then 0, 10, 20, 40, 80, 160, 300 s of pause.
    expect(status.restartCount).toBe(6);
    expect(status.state.waiting).toEqual({
      reason: 'CrashLoopBackOff',
      message: `back-off 5m0s restarting failed container=server pod=${pod.metadata.name}_team-search(${pod.metadata.uid})`,
    });
    expect(status.lastState.terminated).toMatchObject({
      exitCode: 1,
      reason: 'Error',
      message: 'CUDA out of memory',
    });
    expect(pod.status?.phase).toBe('Running');
    const backOff = cluster
      .list('events')
      .find(({ reason }) => reason === 'BackOff');
    expect(backOff).toMatchObject({
      type: 'Warning',
      message: `Back-off restarting failed container server in pod ${pod.metadata.name}_team-search(${pod.metadata.uid})`,
      source: { component: 'kubelet', host: 'node-1' },
    });
    expect(backOff?.count).toBeGreaterThan(3);
  });

  it('reports failing probes while the model loads, then is ready', () => {
    const cluster = createTestCluster(
      testPrograms({ server: { loadMs: 45_000 } }),
    );
    cluster.put('nodes', testNode('node-1'));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('chat', {
        container: {
          ports: [{ name: 'http', containerPort: 8000 }],
          startupProbe: {
            httpGet: { path: '/health', port: 'http' },
            periodSeconds: 10,
            failureThreshold: 60,
          },
        },
      }),
    );
    cluster.clock.advance(35_000);
    expect(
      cluster.list('pods')[0].status?.containerStatuses?.[0],
    ).toMatchObject({
      ready: false,
      started: false,
      state: { running: {} },
    });
    cluster.clock.advance(30_000);

    expect(
      cluster.list('pods')[0].status?.containerStatuses?.[0],
    ).toMatchObject({
      ready: true,
      started: true,
      restartCount: 0,
    });
    expect(
      cluster.list('events').find(({ reason }) => reason === 'Unhealthy'),
    ).toMatchObject({
      count: 4,
      message:
        'Startup probe failed: Get "http://10.244.7.2:8000/health": dial tcp 10.244.7.2:8000: connect: connection refused',
      involvedObject: { fieldPath: 'spec.containers{server}' },
    });
  });

  it('restarts a container whose startup probe runs out of patience', () => {
    const cluster = createTestCluster(
      testPrograms({ server: { loadMs: 90_000 } }),
    );
    cluster.put('nodes', testNode('node-1'));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('chat', {
        container: {
          startupProbe: {
            httpGet: { path: '/health', port: 8000 },
            periodSeconds: 10,
            failureThreshold: 3,
          },
        },
      }),
    );
    cluster.clock.advance(45_000);

    expect(
      cluster.list('pods')[0].status?.containerStatuses?.[0],
    ).toMatchObject({
      restartCount: 1,
      lastState: { terminated: { exitCode: 137 } },
    });
    expect(cluster.eventTexts()).toContain(
      'Normal Killing Container server failed startup probe, will be restarted',
    );
  });

  it('waits for a Secret that an environment variable refers to and starts when it comes', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('node-1'));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('chat', {
        container: {
          env: [
            {
              name: 'HF_TOKEN',
              valueFrom: {
                secretKeyRef: { name: 'hf-token', key: 'HF_TOKEN' },
              },
            },
          ],
        },
      }),
    );
    cluster.clock.advance(20_000);
    expect(
      cluster.list('pods')[0].status?.containerStatuses?.[0].state.waiting,
    ).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'secret "hf-token" not found',
    });
    expect(cluster.eventTexts()).toContain(
      'Warning Failed Error: secret "hf-token" not found',
    );

    cluster.put('secrets', {
      metadata: { name: 'hf-token' },
      data: { OTHER: '' },
    });
    cluster.clock.advance(20_000);
    expect(
      cluster.list('pods')[0].status?.containerStatuses?.[0].state.waiting
        ?.message,
    ).toBe("couldn't find key HF_TOKEN in Secret team-search/hf-token");

    cluster.change('secrets', 'hf-token', secret => ({
      ...secret,
      data: { HF_TOKEN: '' },
    }));
    cluster.clock.advance(20_000);
    expect(cluster.list('pods')[0].status?.containerStatuses?.[0].ready).toBe(
      true,
    );
  });

  it('holds a pod in creation while a Secret that it mounts is missing', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('node-1'));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('chat', {
        spec: { volumes: [{ name: 'tls', secret: { secretName: 'tls' } }] },
      }),
    );
    cluster.clock.advance(20_000);

    expect(
      cluster.list('pods')[0].status?.containerStatuses?.[0].state.waiting,
    ).toEqual({ reason: 'ContainerCreating' });
    expect(cluster.eventTexts()).toContain(
      'Warning FailedMount MountVolume.SetUp failed for volume "tls" : secret "tls" not found',
    );
  });

  it('backs off from an image that does not exist, and pulls again', () => {
    const cluster = createTestCluster(
      testPrograms({
        server: {
          pullError:
            'failed to resolve reference "example.com/server:gone": example.com/server:gone: not found',
        },
      }),
    );
    cluster.put('nodes', testNode('node-1'));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('chat', { image: 'example.com/server:gone' }),
    );
    cluster.clock.advance(60_000);

    const [pod] = cluster.list('pods');
    expect(pod.status?.phase).toBe('Pending');
    expect(pod.status?.containerStatuses?.[0].state.waiting).toEqual({
      reason: 'ImagePullBackOff',
      message: 'Back-off pulling image "example.com/server:gone"',
    });
    expect(
      cluster
        .list('events')
        .find(({ message }) => message.startsWith('Failed to pull'))?.count,
    ).toBeGreaterThan(1);
  });

  it('runs init containers first and one after the other', () => {
    const cluster = createTestCluster(
      testPrograms({
        download: {
          exit: { afterMs: 8_000, exitCode: 0, reason: 'Completed' },
        },
      }),
    );
    cluster.put('nodes', testNode('node-1'));
    cluster.start();
    cluster.put(
      'deployments',
      testDeployment('chat', {
        spec: {
          initContainers: [
            { name: 'download', image: 'example.com/download:v1' },
          ],
        },
      }),
    );
    cluster.clock.advance(10_000);
    expect(cluster.list('pods')[0].status).toMatchObject({
      phase: 'Pending',
      initContainerStatuses: [{ state: { running: {} } }],
      containerStatuses: [
        { state: { waiting: { reason: 'PodInitializing' } } },
      ],
    });
    cluster.clock.advance(30_000);

    expect(cluster.list('pods')[0].status).toMatchObject({
      phase: 'Running',
      initContainerStatuses: [{ state: { terminated: { exitCode: 0 } } }],
      containerStatuses: [{ ready: true }],
    });
  });

  it('goes on with a pod that an earlier run left half-way', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('node-1'));
    const first = cluster.start();
    cluster.put('deployments', testDeployment('chat', { replicas: 2 }));
    cluster.clock.advance(7_000);
    first.stop();
    expect(cluster.clock.pending()).toBe(0);

    cluster.start();
    cluster.clock.advance(20_000);

    expect(
      cluster.list('pods').map(({ status }) => status?.containerStatuses?.[0]),
    ).toMatchObject(Array(2).fill({ ready: true, restartCount: 0 }));
    expect(cluster.faults).toEqual([]);
  });

  it('takes a tenth of the time at time scale 10', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('node-1'));
    cluster.start({ timeScale: 10 });
    cluster.put('deployments', testDeployment('chat'));
    cluster.clock.advance(3_000);

    expect(cluster.list('pods')[0].status?.containerStatuses?.[0].ready).toBe(
      true,
    );
  });
});

describe('creation of pods', () => {
  it('tells of a quota that is exceeded and tries again', () => {
    const cluster = createTestCluster();
    cluster.put('nodes', testNode('node-1'));
    let isFull = true;
    const text =
      'pods "chat" is forbidden: exceeded quota: gpus, requested: requests.nvidia.com/gpu=1, used: requests.nvidia.com/gpu=8, limited: requests.nvidia.com/gpu=8';
    cluster.start({
      admitPod(pod) {
        if (isFull) {
          throw new ApiStatusError(403, 'Forbidden', text);
        }
        return pod;
      },
    });
    cluster.put('deployments', testDeployment('chat'));
    cluster.clock.advance(5_000);

    expect(cluster.eventTexts()).toContain(
      `Warning FailedCreate Error creating: ${text}`,
    );
    expect(
      cluster.get('deployments', 'chat').status?.conditions,
    ).toContainEqual(
      expect.objectContaining({
        type: 'ReplicaFailure',
        status: 'True',
        reason: 'FailedCreate',
        message: text,
      }),
    );

    isFull = false;
    cluster.clock.advance(60_000);
    const { status } = cluster.get('deployments', 'chat');
    expect(status?.readyReplicas).toBe(1);
    expect(status?.conditions?.map(({ type }) => type)).not.toContain(
      'ReplicaFailure',
    );
  });
});
