import type { ModelServer } from '@promptside/backstage-plugin-genai-common';
import {
  container,
  only,
  ready,
  server,
  starting,
  waiting,
} from '../testing/server';

describe('states', () => {
  it.each<[string, Parameters<typeof server>, Partial<ModelServer>]>([
    ['all replicas serve', [[ready, ready]], { state: 'Ready' }],
    [
      'scaled to zero',
      [[], { replicas: 0 }],
      { state: 'Stopped', reason: 'ScaledToZero' },
    ],
    [
      'one of two serves while the other loads',
      [[ready, starting]],
      {
        state: 'Degraded',
        reason: 'ReplicasMissing',
        message: '1 of 2 replicas serve',
      },
    ],
    [
      'one of two crashes',
      [[ready, { status: waiting('CrashLoopBackOff') }]],
      { state: 'Degraded', reason: 'CrashLoopBackOff' },
    ],
    ['nothing created yet', [[]], { state: 'Starting', stage: 'Accepted' }],
    [
      'loading the model',
      [[starting]],
      { state: 'Starting', stage: 'LoadingModel' },
    ],
    [
      'scheduled, containers not created',
      [[{ status: { ...waiting('ContainerCreating'), phase: 'Pending' } }]],
      { state: 'Starting', stage: 'Scheduled' },
    ],
    [
      'image cannot be pulled',
      [
        [
          {
            status: waiting(
              'ImagePullBackOff',
              'Back-off pulling image "x:missing"',
            ),
          },
        ],
      ],
      {
        state: 'Failed',
        reason: 'ImagePullBackOff',
        message: 'Back-off pulling image "x:missing"',
      },
    ],
    [
      'Secret is missing',
      [
        [
          {
            status: waiting(
              'CreateContainerConfigError',
              'secret "hf-token" not found',
            ),
          },
        ],
      ],
      {
        state: 'Failed',
        reason: 'CreateContainerConfigError',
        message: 'secret "hf-token" not found',
      },
    ],
    [
      'no node takes it',
      [
        [
          {
            node: null,
            status: {
              phase: 'Pending',
              conditions: [
                {
                  type: 'PodScheduled',
                  status: 'False',
                  reason: 'Unschedulable',
                  message: '0/9 nodes are available',
                },
              ],
            },
          },
        ],
      ],
      {
        state: 'Failed',
        stage: 'Accepted',
        reason: 'Unschedulable',
        message: '0/9 nodes are available',
      },
    ],
    [
      'held by a queue',
      [
        [
          {
            node: null,
            status: {
              phase: 'Pending',
              conditions: [
                {
                  type: 'PodScheduled',
                  status: 'False',
                  reason: 'SchedulingGated',
                },
              ],
            },
          },
        ],
      ],
      { state: 'Starting', stage: 'Accepted', reason: 'SchedulingGated' },
    ],
    [
      'not looked at by the scheduler',
      [[{ node: null }]],
      { state: 'Starting', stage: 'Accepted' },
    ],
    [
      'refused by the kubelet',
      [
        [
          {
            status: {
              phase: 'Failed',
              reason: 'UnexpectedAdmissionError',
              message: 'Allocate failed',
            },
          },
        ],
      ],
      {
        state: 'Failed',
        reason: 'UnexpectedAdmissionError',
        message: 'Allocate failed',
      },
    ],
    [
      'ended with an error a moment ago',
      [
        [
          {
            status: container({
              state: {
                terminated: {
                  exitCode: 1,
                  reason: 'Error',
                  message: 'loading\nValueError: no such model\n',
                },
              },
            }),
          },
        ],
      ],
      {
        state: 'Failed',
        reason: 'Error',
        message:
          'Container "main" ended with exit code 1: ValueError: no such model',
      },
    ],
    [
      'ended although it should serve',
      [
        [
          {
            status: container({
              state: { terminated: { exitCode: 0, reason: 'Completed' } },
            }),
          },
        ],
      ],
      { state: 'Failed', reason: 'Completed' },
    ],
    [
      'running between two crashes',
      [
        [
          {
            status: container({
              restartCount: 3,
              state: { running: {} },
              lastState: { terminated: { exitCode: 1 } },
            }),
          },
        ],
      ],
      {
        state: 'Failed',
        reason: 'CrashLooping',
        message:
          'Container "main" restarted 3 times, last after it ended with exit code 1',
      },
    ],
    [
      'restarted once',
      [
        [
          {
            status: container({
              restartCount: 1,
              state: { running: {} },
            }),
          },
        ],
      ],
      {
        state: 'Starting',
        stage: 'LoadingModel',
        reason: 'Restarted',
        message: 'Container "main" restarted once',
      },
    ],
    [
      'quota refuses pods',
      [
        [],
        {
          status: {
            observedGeneration: 1,
            conditions: [
              {
                type: 'ReplicaFailure',
                status: 'True',
                reason: 'FailedCreate',
                message: 'exceeded quota: gpu',
                lastTransitionTime: '2026-11-01T08:00:00Z',
              },
            ],
          },
        },
      ],
      {
        state: 'Failed',
        reason: 'FailedCreate',
        message: 'exceeded quota: gpu',
      },
    ],
    [
      'deadline passed without a pod that says why',
      [
        [starting],
        {
          status: {
            observedGeneration: 1,
            conditions: [
              {
                type: 'Progressing',
                status: 'False',
                reason: 'ProgressDeadlineExceeded',
              },
            ],
          },
        },
      ],
      { state: 'Failed', reason: 'ProgressDeadlineExceeded' },
    ],
  ])('%s', (_, [pods, options, more], expected) => {
    const item = only(server(pods, options, more));
    expect(item).toMatchObject(expected);
    expect(item.state === 'Starting' || item.evidence.length > 0).toBe(true);
  });
});
