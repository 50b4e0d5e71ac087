import { h100Node, podEvent } from '../testing/objects';
import {
  container,
  only,
  ready,
  server,
  starting,
  waiting,
} from '../testing/server';

describe('cross-checked states', () => {
  it('names out of memory as the cause, not the loop', () => {
    const item = only(
      server([
        {
          status: container({
            restartCount: 5,
            state: { waiting: { reason: 'CrashLoopBackOff' } },
            lastState: {
              terminated: {
                exitCode: 137,
                reason: 'OOMKilled',
                finishedAt: '2026-11-01T08:30:00Z',
              },
            },
          }),
        },
      ]),
    );
    expect(item).toMatchObject({
      state: 'Failed',
      reason: 'OOMKilled',
      message:
        'Container "main" restarted 5 times, last after it ended with exit code 137, OOMKilled',
      evidence: [
        {
          kind: 'Pod',
          name: 'chat-0',
          reason: 'OOMKilled',
          at: '2026-11-01T08:30:00Z',
          count: 5,
        },
      ],
    });
  });

  it('is not Ready when the new revision crashes behind the old', () => {
    expect(
      only(
        server([ready, { status: waiting('CrashLoopBackOff') }], {
          replicas: 1,
          status: {
            observedGeneration: 1,
            conditions: [{ type: 'Available', status: 'True' }],
          },
        }),
      ),
    ).toMatchObject({
      state: 'Degraded',
      reason: 'CrashLoopBackOff',
      message: expect.stringMatching(/newest revision does not come up/),
    });
  });

  it('is not Ready while it crashes again and again between being ready', () => {
    const restless = {
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'True' }],
        containerStatuses: [
          {
            name: 'main',
            ready: true,
            restartCount: 6,
            state: { running: {} },
            lastState: { terminated: { exitCode: 139 } },
          },
        ],
      },
    };
    const backOff = podEvent('chat-0', 'BackOff', 'Back-off restarting', {
      type: 'Warning',
    });
    expect(only(server([restless], {}, [backOff]))).toMatchObject({
      state: 'Degraded',
      reason: 'CrashLooping',
      message: expect.stringMatching(/it is ready at the moment$/),
      replicas: { desired: 1, ready: 1 },
    });
    expect(only(server([restless])).state).toBe('Ready');
  });

  it('is not Ready by the status of an older generation', () => {
    expect(
      only(
        server([ready], {
          generation: 3,
          status: { observedGeneration: 2 },
        }),
      ),
    ).toMatchObject({
      state: 'Starting',
      reason: 'GenerationNotObserved',
      message: expect.stringMatching(/generation 3 .* knows 2/),
    });
  });

  it('says that it rolls out while all old replicas serve', () => {
    expect(
      only(
        server([ready, ready], {
          status: { observedGeneration: 1, updatedReplicas: 1 },
        }),
      ),
    ).toMatchObject({
      state: 'Ready',
      reason: 'RollingOut',
      message: '1 of 2 replicas run the newest revision',
    });
  });

  it('believes pods, not the ready count of a status that lags', () => {
    expect(
      only(
        server([starting], {
          status: {
            observedGeneration: 1,
            readyReplicas: 1,
            conditions: [{ type: 'Available', status: 'True' }],
          },
        }),
      ).state,
    ).toBe('Starting');
  });

  it('leaves out evicted pods that were replaced, and pods on their way out', () => {
    expect(
      only(
        server(
          [
            ready,
            { status: { phase: 'Failed', reason: 'Evicted' } },
            { deleting: true },
          ],
          { replicas: 1 },
        ),
      ).state,
    ).toBe('Ready');
  });

  it('is failed where its node is lost', () => {
    const lost = h100Node('gpu-1', {
      metadata: { uid: 'n' },
      status: {
        conditions: [
          { type: 'Ready', status: 'Unknown', reason: 'NodeStatusUnknown' },
        ],
      },
    });
    lost.metadata!.name = 'gpu-1';
    const unready = {
      status: {
        phase: 'Running',
        conditions: [{ type: 'Ready', status: 'False' }],
        containerStatuses: [
          {
            name: 'main',
            ready: true,
            restartCount: 0,
            state: { running: {} },
          },
        ],
      },
    };
    expect(only(server([unready], {}, [lost]))).toMatchObject({
      state: 'Failed',
      reason: 'NodeNotReady',
      message: 'Node gpu-1 is not reporting (NodeStatusUnknown)',
    });
  });

  it('trusts the status of the workload where pods are not known', () => {
    const known = server([], {
      replicas: 2,
      status: { readyReplicas: 2, updatedReplicas: 2 },
    });
    known.drop('pods');
    expect(only(known)).toMatchObject({
      state: 'Ready',
      replicas: { desired: 2, ready: 2 },
      evidence: [{ message: '2 of 2 replicas are ready' }],
    });
  });

  it('is Unknown where neither pods nor conditions are known', () => {
    const state = server([], { status: {} });
    state.drop('pods');
    expect(only(state)).toMatchObject({ state: 'Unknown' });
  });
});

describe('the stage of a start', () => {
  const creating = {
    status: { ...waiting('ContainerCreating'), phase: 'Pending' },
  };
  const pulling = podEvent('chat-0', 'Pulling', 'Pulling image');
  const pulled = podEvent('chat-0', 'Pulled', 'Pulled image');

  it.each([
    ['the image is pulled', [pulling], 'PullingImage'],
    ['the image is there', [pulling, pulled], 'Scheduled'],
  ])('while %s', (_, events, stage) => {
    expect(only(server([creating], {}, events)).stage).toBe(stage);
  });

  it.each([
    ['download-weights', 'DownloadingWeights'],
    ['storage-initializer', 'DownloadingWeights'],
    ['fix-permissions', 'Scheduled'],
  ])('while init container %s runs', (name, stage) => {
    const status = {
      phase: 'Pending',
      initContainerStatuses: [
        { name, ready: false, restartCount: 0, state: { running: {} } },
      ],
      containerStatuses: [
        {
          name: 'main',
          ready: false,
          restartCount: 0,
          state: { waiting: { reason: 'PodInitializing' } },
        },
      ],
    };
    expect(only(server([{ status }])).stage).toBe(stage);
  });

  it('is that of the replica that is furthest on', () => {
    expect(only(server([creating, starting])).stage).toBe('LoadingModel');
  });

  it.each([
    [1, 'Starting'],
    [3, 'Failed'],
  ])('turns a mount that failed %i times into %s', (count, state) => {
    const event = podEvent('chat-0', 'FailedMount', 'claim "x" not found', {
      type: 'Warning',
      count,
    });
    expect(only(server([creating], {}, [event]))).toMatchObject({
      state,
      stage: 'Scheduled',
      reason: 'FailedMount',
      message: 'claim "x" not found',
    });
  });
});
