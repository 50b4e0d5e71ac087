import {
  createTestCluster,
  testDeployment,
  testNode,
  testPrograms,
} from '../__testing__/testCluster';

describe('containers that wait for a Job', () => {
  const waitingFor = (job: object | undefined) => {
    const cluster = createTestCluster(
      testPrograms({
        wait: { waitsForJob: 'load' },
        download: {
          exit: { afterMs: 60_000, exitCode: 0, reason: 'Completed' },
        },
      }),
    );
    cluster.put('nodes', testNode('node-1'));
    cluster.start();
    if (job) {
      cluster.put('jobs', {
        apiVersion: 'batch/v1',
        kind: 'Job',
        metadata: { name: 'load', namespace: 'team-search' },
        spec: {
          backoffLimit: 0,
          template: {
            metadata: {},
            spec: {
              restartPolicy: 'Never',
              containers: [{ name: 'download', image: 'example.com/hf:v1' }],
            },
          },
          ...job,
        },
      });
    }
    cluster.put(
      'deployments',
      testDeployment('chat', {
        spec: {
          initContainers: [
            {
              name: 'wait',
              image: 'example.com/server:v1',
              terminationMessagePolicy: 'FallbackToLogsOnError',
            },
          ],
        },
      }),
    );
    const serverOf = () =>
      cluster
        .list('pods')
        .find(({ metadata }) => metadata.name.startsWith('chat'))?.status;
    return { cluster, serverOf };
  };

  it('holds a pod back until the Job that it waits for is complete', () => {
    const { cluster, serverOf } = waitingFor({});
    cluster.clock.advance(55_000);
    expect(serverOf()).toMatchObject({
      phase: 'Pending',
      initContainerStatuses: [{ state: { running: {} } }],
    });
    cluster.clock.advance(30_000);
    expect(serverOf()).toMatchObject({
      phase: 'Running',
      containerStatuses: [{ ready: true }],
    });
  });

  it('does not wait for a Job that was cleaned up', () => {
    const { cluster, serverOf } = waitingFor(undefined);
    cluster.clock.advance(30_000);
    expect(serverOf()).toMatchObject({ phase: 'Running' });
  });

  it('says in the pod that waits that the Job failed', () => {
    const { cluster, serverOf } = waitingFor({ activeDeadlineSeconds: 1 });
    cluster.clock.advance(60_000);
    const [wait] = serverOf()?.initContainerStatuses ?? [];
    expect(
      wait.state.terminated?.message ?? wait.lastState.terminated?.message,
    ).toBe('The weights cannot be downloaded: Job load failed');
  });
});
