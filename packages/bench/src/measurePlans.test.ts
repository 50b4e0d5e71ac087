import { fleet, measurePlans } from './measurePlans';

describe('measurePlans', () => {
  it('plans every model on every fleet it is told to', () => {
    const figures = measurePlans({ nodes: 8, models: 3, rounds: 2 });
    expect(figures).toMatchObject({ nodes: 8, models: 3 });
    expect(figures.badges.count).toBe(2);
    expect(figures.plansPerSecond).toBeGreaterThan(0);
  });

  it('makes fleets with free, half free and full nodes', () => {
    const free = fleet(1000).map(({ pools }) => pools[0].counts.free);
    expect(Math.min(...free)).toBe(0);
    expect(Math.max(...free)).toBe(8);
    expect(new Set(free).size).toBe(9);
  });
});
