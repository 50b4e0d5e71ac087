import { groups, overview } from '../__fixtures__/gpuAnswers';
import { filterOverview, viewOf } from '../filters';
import { podState } from './podState';
import { summariseGpus } from './summariseGpus';

describe('summariseGpus', () => {
  it('counts whole GPUs, slices and slots apart, and physical GPUs only where nodes tell', () => {
    const summary = summariseGpus(groups, overview.pending);
    expect(summary.physicalCount).toBe(18);
    expect(summary.uncountedGroups).toBe(1);
    expect(
      summary.kinds.map(({ kind, counts }) => [kind, counts.capacity]),
    ).toEqual([
      ['Whole', 16],
      ['Slice', 14],
      ['Slot', 4],
    ]);
    expect(summary.waitingPods).toBe(1);
  });

  it('leaves out kinds that do not exist', () => {
    expect(summariseGpus([groups[0]], []).kinds).toHaveLength(1);
  });
});

describe('filterOverview', () => {
  it('keeps the groups that pass every filter', () => {
    const products = (filters: Parameters<typeof filterOverview>[1]) =>
      filterOverview(overview, filters).groups.map(({ product }) => product);
    expect(products({ vendor: 'intel' })).toEqual(['Flex_170']);
    expect(products({ free: 'true' })).not.toContain('Flex_170');
    expect(products({ cluster: 'elsewhere' })).toEqual([]);
    expect(products({ team: 'group:default/nobody' })).toHaveLength(3);
  });

  it('keeps the holders of the team', () => {
    const { owners } = filterOverview(overview, {
      team: 'group:default/team-search',
    });
    expect(owners).toEqual([overview.owners[0]]);
  });

  it('does not claim a product for pods that have no node', () => {
    expect(filterOverview(overview, { vendor: 'nvidia' }).pending).toHaveLength(
      1,
    );
    expect(filterOverview(overview, { product: 'Flex_170' }).pending).toEqual(
      [],
    );
  });
});

describe('viewOf', () => {
  it('falls back to the overview for anything that is no view', () => {
    expect(viewOf({ view: 'nodes' })).toBe('nodes');
    expect(viewOf({ view: '<script>' })).toBe('overview');
  });
});

describe('podState', () => {
  it.each([
    ['Running', true, 'n', undefined, 'Running'],
    ['Running', false, 'n', undefined, 'Starting'],
    ['Running', false, 'n', 'CrashLoopBackOff', 'NotReady'],
    ['Pending', false, 'n', 'ContainerCreating', 'Starting'],
    ['Pending', false, 'n', 'ImagePullBackOff', 'NotReady'],
    ['Pending', false, undefined, 'Unschedulable', 'Pending'],
    ['Failed', false, 'n', 'Evicted', 'Failed'],
  ] as const)(
    '%s ready=%s on %s because %s is %s',
    (phase, ready, on, reason, state) =>
      expect(podState({ phase, ready, node: on, reason })).toBe(state),
  );
});
