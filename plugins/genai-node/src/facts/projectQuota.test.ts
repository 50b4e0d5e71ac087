import { projectQuota } from './projectQuota';

const GIB = 2 ** 30;
const metadata = { uid: 'q', name: 'team-quota', namespace: 'team-a' };

const quota = (
  hard: Record<string, string>,
  used: Record<string, string>,
  spec: object = {},
) => projectQuota({ metadata, spec, status: { hard, used } });

describe('projectQuota', () => {
  it('keeps devices apart from what else a service takes', () => {
    expect(
      quota(
        {
          'requests.nvidia.com/gpu': '8',
          'requests.cpu': '10',
          'limits.memory': '64Gi',
          'fast.storageclass.storage.k8s.io/requests.storage': '1Ti',
          'count/deployments.apps': '5',
          pods: '10',
        },
        {
          'requests.nvidia.com/gpu': '2',
          'requests.cpu': '1500m',
          'limits.memory': '16Gi',
          'fast.storageclass.storage.k8s.io/requests.storage': '0',
          'count/deployments.apps': '1',
          pods: '3',
        },
      ),
    ).toEqual({
      resource: 'resourcequotas',
      ...metadata,
      lines: [{ resource: 'nvidia.com/gpu', hard: 8, used: 2 }],
      others: [
        { resource: 'count/deployments.apps', hard: 5, used: 1 },
        {
          resource: 'fast.storageclass.storage.k8s.io/requests.storage',
          hard: 1024 * GIB,
          used: 0,
        },
        { resource: 'limits.memory', hard: 64 * GIB, used: 16 * GIB },
        { resource: 'pods', hard: 10, used: 3 },
        { resource: 'requests.cpu', hard: 10, used: 1.5 },
      ],
    });
  });

  it('leaves out lines whose use is not counted, and what no service takes', () => {
    expect(
      quota(
        { 'requests.amd.com/gpu': '4', 'requests.example.com/fpga': '1' },
        { 'requests.example.com/fpga': '0' },
      ),
    ).toMatchObject({ lines: [], others: [] });
  });

  it('is there before anything of it is counted: it is a quota all the same', () => {
    expect(projectQuota({ metadata, spec: { hard: {} } })).toMatchObject({
      lines: [],
      others: [],
    });
    expect(projectQuota({ spec: {} })).toBeUndefined();
  });

  it.each([
    ['no scope', {}, undefined],
    [
      'scopes of every server',
      { scopes: ['NotTerminating', 'NotBestEffort'] },
      undefined,
    ],
    ['pods with a deadline', { scopes: ['Terminating'] }, 'NotServers'],
    ['pods without requests', { scopes: ['BestEffort'] }, 'NotServers'],
    [
      'a priority class',
      {
        scopeSelector: {
          matchExpressions: [
            { scopeName: 'PriorityClass', operator: 'In', values: ['batch'] },
          ],
        },
      },
      'Some',
    ],
    [
      'a priority class of pods with a deadline',
      {
        scopes: ['Terminating'],
        scopeSelector: { matchExpressions: [{ scopeName: 'PriorityClass' }] },
      },
      'NotServers',
    ],
    ['a scope that nobody knows yet', { scopes: ['Newest'] }, 'Some'],
  ])('knows whom it counts: %s', (_, spec, scope) => {
    expect(quota({ pods: '1' }, { pods: '0' }, spec)?.scope).toBe(scope);
  });
});
