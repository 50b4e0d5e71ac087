import { pod } from '../testing/objects';
import { projectPod } from './projectPod';

const GPU = { 'nvidia.com/gpu': 2 };

describe('projectPod', () => {
  it('keeps what live state needs of a pod with GPUs', () => {
    const fact = projectPod(
      pod('train-0', {
        node: 'gpu-1',
        asks: GPU,
        owner: { kind: 'Job', name: 'train', uid: 'job-1' },
        labels: { 'backstage.io/kubernetes-id': 'train' },
        annotations: {
          'promptside.io/entity-ref': 'Component:Default/Train',
          'promptside.io/owner': 'group:default/research',
          'promptside.io/model': 'google/gemma-2-9b-it',
        },
      }),
    );
    expect(fact).toEqual({
      resource: 'pods',
      uid: 'pod-team-a-train-0',
      name: 'train-0',
      namespace: 'team-a',
      entityRef: 'component:default/train',
      owner: 'group:default/research',
      kubernetesId: 'train',
      phase: 'Running',
      node: 'gpu-1',
      ready: true,
      controller: { kind: 'Job', name: 'train', uid: 'job-1' },
      asks: [{ resource: 'nvidia.com/gpu', count: 2 }],
      model: 'google/gemma-2-9b-it',
      scheduledAt: '2026-11-01T08:00:10Z',
      containers: [],
    });
  });

  it('never holds a value of the environment, a volume or a foreign annotation', () => {
    const raw = pod('train-0', {
      node: 'gpu-1',
      asks: GPU,
      annotations: { 'vault.example/token': 's.must_not_be_kept' },
    });
    Object.assign(raw.spec as object, {
      volumes: [{ name: 'v', secret: { secretName: 'must_not_be_kept' } }],
    });
    expect(JSON.stringify(projectPod(raw))).not.toContain('must_not_be_kept');
  });

  it('leaves nothing of a pod that is neither on accelerators nor ours', () => {
    expect(projectPod(pod('web-0', { node: 'cpu-1' }))).toBeUndefined();
  });

  it.each([
    [
      'a model server without GPU',
      { image: 'ghcr.io/ggml-org/llama.cpp:server' },
    ],
    [
      'a pod of KServe',
      { labels: { 'serving.kserve.io/inferenceservice': 'chat' } },
    ],
    ['a claimed server', { labels: { 'promptside.io/purpose': 'inference' } }],
  ])('keeps %s', (_, options) => {
    expect(projectPod(pod('x', options))).toMatchObject({ serves: true });
  });

  it.each([
    ['Chroma', { image: 'ghcr.io/chroma-core/chroma:1.5.3' }],
    ['CloudNativePG', { labels: { 'cnpg.io/cluster': 'vectors' } }],
  ])('keeps a pod of %s', (_, options) => {
    expect(projectPod(pod('x', options))).toMatchObject({ stores: true });
  });

  it('tells why it is not scheduled', () => {
    const fact = projectPod(
      pod('x', {
        asks: GPU,
        status: {
          phase: 'Pending',
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              reason: 'Unschedulable',
              message:
                '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
            },
          ],
        },
      }),
    );
    expect(fact).toMatchObject({
      phase: 'Pending',
      ready: false,
      unschedulable: {
        reason: 'Unschedulable',
        message: '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
      },
    });
    expect(fact).not.toHaveProperty('node');
    expect(fact).not.toHaveProperty('scheduledAt');
  });

  it('keeps containers only when they are news', () => {
    const raw = pod('x', {
      node: 'gpu-1',
      asks: GPU,
      status: {
        phase: 'Running',
        initContainerStatuses: [
          {
            name: 'download',
            ready: true,
            restartCount: 0,
            state: { terminated: { exitCode: 0, reason: 'Completed' } },
          },
          {
            name: 'proxy',
            ready: true,
            restartCount: 1,
            state: { running: {} },
          },
        ],
        containerStatuses: [
          {
            name: 'fine',
            ready: true,
            restartCount: 0,
            state: { running: {} },
          },
          {
            name: 'main',
            ready: false,
            restartCount: 4,
            state: {
              waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m' },
            },
            lastState: {
              terminated: {
                exitCode: 137,
                reason: 'OOMKilled',
                finishedAt: '2026-11-01T08:30:00Z',
              },
            },
          },
        ],
      },
    });
    Object.assign(raw.spec as object, {
      initContainers: [
        { name: 'download' },
        { name: 'proxy', restartPolicy: 'Always' },
      ],
    });
    expect(projectPod(raw)?.containers).toEqual([
      {
        name: 'proxy',
        role: 'sidecar',
        ready: true,
        running: true,
        restartCount: 1,
      },
      {
        name: 'main',
        role: 'main',
        ready: false,
        running: false,
        restartCount: 4,
        waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m' },
        lastTerminated: {
          exitCode: 137,
          reason: 'OOMKilled',
          finishedAt: '2026-11-01T08:30:00Z',
        },
      },
    ]);
  });

  it('marks a pod on its way out', () => {
    expect(
      projectPod(pod('x', { node: 'a', asks: GPU, deleting: true })),
    ).toMatchObject({ deleting: true });
  });

  it.each([null, undefined, 7, 'pod', {}, { metadata: { name: 'x' } }])(
    'makes nothing of %j',
    raw => {
      expect(projectPod(raw)).toBeUndefined();
    },
  );
});
