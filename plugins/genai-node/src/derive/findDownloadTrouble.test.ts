import type { ModelServer } from '@promptside/backstage-plugin-genai-common';
import { SHARED_WEIGHTS_SPECS } from '../manifests/__testUtils__/sharedWeightsSpecs';
import { modelOf } from '../manifests/__testUtils__/specs';
import { buildInferenceObjects } from '../manifests';
import { NODES } from '../state/__testUtils__/roundTrip';
import type { TestObject } from '../testing/objects';
import { observe } from '../testing/observe';
import { deriveModelServers } from './deriveModelServers';

const SPEC = SHARED_WEIGHTS_SPECS['shared-weights-qwen-32b-on-4-h100'];
const OBJECTS = buildInferenceObjects(
  SPEC,
  modelOf(SPEC),
) as unknown as TestObject[];
const ofKind = (kind: string) => OBJECTS.find(each => each.kind === kind)!;

const templateOf = ({ spec }: TestObject) =>
  (spec as { template: TestObject }).template;

/** A pod as the kubelet of a real cluster tells of it. */
function podOf(owner: TestObject, name: string, status: object): TestObject {
  const template = templateOf(owner);
  return {
    kind: 'Pod',
    ...template,
    metadata: {
      ...template.metadata,
      name,
      namespace: 'team-chat',
      uid: name,
      ownerReferences: [
        {
          kind: owner.kind,
          name: owner.metadata!.name,
          uid: owner.metadata!.uid,
          controller: true,
        },
      ],
    },
    spec: { ...template.spec, nodeName: 'h100' },
    status: {
      conditions: [
        {
          type: 'PodScheduled',
          status: 'True',
          lastTransitionTime: '2026-11-01T08:00:00Z',
        },
      ],
      ...status,
    },
  };
}

const JOB = {
  ...ofKind('Job'),
  metadata: { ...ofKind('Job').metadata, uid: 'job' },
  spec: {},
};
const DEPLOYMENT = {
  ...ofKind('Deployment'),
  metadata: { ...ofKind('Deployment').metadata, uid: 'deployment' },
};
const waiting = podOf(DEPLOYMENT, 'server', {
  phase: 'Pending',
  initContainerStatuses: [
    { name: 'wait-for-weights', restartCount: 0, state: { running: {} } },
  ],
  containerStatuses: [],
});
const loader = (
  name: string,
  phase: string,
  state: Record<string, unknown> | undefined,
) =>
  podOf({ ...JOB, spec: ofKind('Job').spec }, name, {
    phase,
    containerStatuses: state
      ? [{ name: 'download', restartCount: 0, state }]
      : [],
  });

/** The server that waits, with what became of the pods that download. */
function seen(...downloads: TestObject[]): ModelServer {
  const deployment = { ...DEPLOYMENT, spec: { replicas: 1 } };
  const template = templateOf(DEPLOYMENT);
  const state = observe([
    ...NODES,
    JOB,
    // The pods are given, so that none grow.
    { ...deployment, spec: { ...deployment.spec, template }, status: {} },
    ...downloads,
  ]);
  for (const pod of [...state.pods()]) {
    if (pod.name.startsWith('shared-coder-')) state.forget('pods', pod.uid);
  }
  const [known] = [...observe([waiting]).pods()];
  state.apply('pods', 'ADDED', known);
  return deriveModelServers([state], {}).items[0];
}

const MISSING = {
  waiting: {
    reason: 'CreateContainerConfigError',
    message: 'secret "hub-token" not found',
  },
};
const refused = (message: string, finishedAt = '2026-11-01T09:00:00Z') => ({
  terminated: { exitCode: 3, reason: 'Error', message, finishedAt },
});

describe('a server that waits for its weights', () => {
  it('is at that stage while the Job downloads', () => {
    expect(seen(loader('load', 'Running', { running: {} }))).toMatchObject({
      state: 'Starting',
      stage: 'DownloadingWeights',
    });
  });

  it('tells of the Secret that the Job misses', () => {
    expect(seen(loader('load', 'Pending', MISSING))).toMatchObject({
      state: 'Failed',
      stage: 'DownloadingWeights',
      reason: 'CreateContainerConfigError',
      message: 'The weights cannot be downloaded: secret "hub-token" not found',
      evidence: [{ kind: 'Pod', name: 'load' }],
    });
  });

  it('tells the last words of the Job', () => {
    const item = seen(
      loader('first', 'Failed', refused('busy', '2026-11-01T08:30:00Z')),
      loader('second', 'Failed', refused('acme/model is gated: accept it')),
    );
    expect(item).toMatchObject({
      state: 'Failed',
      message: expect.stringContaining('acme/model is gated: accept it'),
      evidence: [{ name: 'second' }],
    });
  });

  it.each([
    ['another try runs', loader('again', 'Running', { running: {} })],
    ['the weights are there', loader('done', 'Succeeded', undefined)],
  ])('does not dwell on a failure when %s', (_, later) => {
    expect(
      seen(loader('first', 'Failed', refused('busy')), later),
    ).toMatchObject({ state: 'Starting', stage: 'DownloadingWeights' });
  });

  it('is starting when nothing of a Job is known', () => {
    expect(seen()).toMatchObject({
      state: 'Starting',
      stage: 'DownloadingWeights',
    });
  });
});
