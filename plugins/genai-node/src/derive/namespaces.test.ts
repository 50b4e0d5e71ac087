import { namespacesResponseSchema } from '@promptside/backstage-plugin-genai-common';
import { namespace } from '../testing/objects';
import { observe } from '../testing/observe';
import { deriveNamespaces } from './deriveNamespaces';

const quota = (name: string, home: string, hard: string, used: string) => ({
  kind: 'ResourceQuota',
  metadata: { name, namespace: home },
  status: {
    hard: { 'requests.nvidia.com/gpu': hard, 'requests.cpu': '4' },
    used: { 'requests.nvidia.com/gpu': used, 'requests.cpu': '4' },
  },
});

describe('deriveNamespaces', () => {
  it('tells owner and GPU quota, also of namespaces that cannot be listed', () => {
    const state = observe([
      namespace('team-b', 'Group:default/B'),
      namespace('team-a'),
      quota('gpu', 'team-b', '8', '2'),
      quota('tight', 'team-b', '2', '3'),
      quota('gpu', 'hidden', '1', '0'),
    ]);
    const answer = deriveNamespaces([state], {});
    const line = { namespace: 'team-b', resource: 'nvidia.com/gpu' };
    expect(answer.items).toEqual([
      {
        cluster: 'test',
        name: 'hidden',
        quota: [
          {
            namespace: 'hidden',
            resource: 'nvidia.com/gpu',
            name: 'gpu',
            hard: 1,
            used: 0,
            left: 1,
          },
        ],
      },
      { cluster: 'test', name: 'team-a', quota: [] },
      {
        cluster: 'test',
        name: 'team-b',
        owner: 'group:default/b',
        quota: [
          { ...line, name: 'gpu', hard: 8, used: 2, left: 6 },
          { ...line, name: 'tight', hard: 2, used: 3, left: 0 },
        ],
      },
    ]);
    expect(
      namespacesResponseSchema.safeParse({ ...answer, clusters: [] }).success,
    ).toBe(true);
    expect(deriveNamespaces([state], { cluster: 'other' }).items).toEqual([]);
  });
});

it('tells the LocalQueues of a namespace, and what is against each', () => {
  const localQueue = (
    name: string,
    clusterQueue: string,
    pending?: number,
  ) => ({
    kind: 'LocalQueue',
    metadata: { name, namespace: 'team-a' },
    spec: { clusterQueue },
    ...(pending === undefined ? {} : { status: { pendingWorkloads: pending } }),
  });
  const clusterQueue = (name: string, spec: object) => ({
    kind: 'ClusterQueue',
    metadata: { name },
    spec: {
      namespaceSelector: {},
      admissionChecks: ['new-nodes'],
      resourceGroups: [
        {
          coveredResources: ['nvidia.com/gpu'],
          flavors: [
            {
              name: 'any',
              resources: [{ name: 'nvidia.com/gpu', nominalQuota: 8 }],
            },
          ],
        },
      ],
      ...spec,
    },
  });
  const [withQueues, without] = deriveNamespaces(
    [
      observe([
        namespace('team-a'),
        namespace('team-b'),
        localQueue('urgent', 'gpus', 2),
        localQueue('held', 'stopped'),
        localQueue('lost', 'gone'),
        localQueue('shut', 'nobody'),
        clusterQueue('gpus', {}),
        clusterQueue('stopped', { stopPolicy: 'Hold', admissionChecks: [] }),
        clusterQueue('nobody', {
          namespaceSelector: undefined,
          admissionChecks: [],
        }),
      ]),
    ],
    {},
  ).items;
  expect(withQueues.queues).toEqual([
    { name: 'held', clusterQueue: 'stopped', stopped: 'Hold' },
    { name: 'lost', clusterQueue: 'gone', stopped: 'ClusterQueueMissing' },
    { name: 'shut', clusterQueue: 'nobody', stopped: 'TakesNoNamespace' },
    {
      name: 'urgent',
      clusterQueue: 'gpus',
      pendingCount: 2,
      admissionChecks: ['new-nodes'],
    },
  ]);
  expect(without).not.toHaveProperty('queues');
});
