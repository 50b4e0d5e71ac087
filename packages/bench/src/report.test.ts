import { Figures, goals, reportText } from './report';

const timing = (p50Ms: number) => ({
  count: 10,
  p50Ms,
  p99Ms: p50Ms * 2,
  maxMs: p50Ms * 3,
});

const view = (p50Ms: number, bytes: number, apiRequests: number) => ({
  alone: timing(p50Ms),
  together: timing(p50Ms * 10),
  bytes,
  wireBytes: bytes / 5,
  apiRequests,
});

const figures: Figures = {
  server: 'demo cluster',
  size: { nodes: 1000, pods: 20000, gpus: 8000, podBytes: 7700 },
  entityPods: 50,
  machine: { cpus: 2, memoryBytes: 8 * 2 ** 30, node: '24.0.0' },
  sync: {
    rounds: 3,
    rawMs: 1000,
    rawBytes: 154e6,
    parseMs: 400,
    rawProxyMs: 2200,
    kubectlMs: 12000,
    syncMs: 2400,
    syncRequests: 90,
    objects: 25000,
  },
  memory: { stateBytes: 90e6, portalResidentBytes: 500e6 },
  views: {
    overview: view(8, 40e3, 0),
    entity: view(2, 9e3, 0),
    stockEntity: view(45, 488e3, 14),
  },
  hints: timing(120),
};

describe('goals', () => {
  it('are reached by figures within their limits', () => {
    expect(goals(figures).filter(goal => !goal.reached)).toEqual([]);
  });

  it('name what is missed', () => {
    const slow = { ...figures, sync: { ...figures.sync, syncMs: 5000 } };
    expect(
      goals(slow)
        .filter(goal => !goal.reached)
        .map(goal => [goal.what, goal.value]),
    ).toEqual([
      ['cold sync against the raw download', 5],
      ['cold sync faster than kubectl', 2.4],
    ]);
  });

  it('leave out what was not measured', () => {
    const { kubectlMs, ...sync } = figures.sync;
    expect(kubectlMs).toBeDefined();
    expect(goals({ ...figures, sync }).map(goal => goal.what)).not.toContain(
      'cold sync faster than kubectl',
    );
    expect(reportText({ ...figures, sync })).toContain('no kubectl');
  });
});

describe('reportText', () => {
  it('says what was measured and whether it is enough', () => {
    const text = reportText(figures);
    expect(text).toContain('1000 nodes, 8000 GPUs, 20000 pods of 7.70 KB');
    expect(text).toMatch(/^reached {2}cold sync faster than kubectl: 5\.00 x/m);
    expect(text).toMatch(/stock view .*14 API requests$/m);
  });
});
