import fc from 'fast-check';
import type { RawContainer } from './raw';
import { readAsks } from './readAsks';

const GPU = 'nvidia.com/gpu';

function container(count: number, restartPolicy?: string): RawContainer {
  return {
    resources: { limits: { [GPU]: String(count), cpu: '4' } },
    ...(restartPolicy ? { restartPolicy } : {}),
  };
}

describe('readAsks', () => {
  it('adds containers up', () => {
    expect(readAsks({ containers: [container(2), container(1)] })).toEqual([
      { resource: GPU, count: 3 },
    ]);
  });

  it('counts init containers as the largest one', () => {
    expect(
      readAsks({
        initContainers: [container(1), container(4)],
        containers: [container(2)],
      }),
    ).toEqual([{ resource: GPU, count: 4 }]);
  });

  it('adds sidecars to the containers', () => {
    expect(
      readAsks({
        initContainers: [container(1, 'Always'), container(1)],
        containers: [container(2)],
      }),
    ).toEqual([{ resource: GPU, count: 3 }]);
  });

  it('adds the sidecars started before it to an init container', () => {
    expect(
      readAsks({
        initContainers: [container(1, 'Always'), container(4)],
        containers: [container(2)],
      }),
    ).toEqual([{ resource: GPU, count: 5 }]);
  });

  it('takes requests where limits are missing, and keeps resources apart', () => {
    expect(
      readAsks({
        containers: [
          { resources: { requests: { 'amd.com/gpu': 8 } } },
          { resources: { limits: { 'nvidia.com/mig-1g.10gb': '1' } } },
        ],
      }),
    ).toEqual([
      { resource: 'amd.com/gpu', count: 8 },
      { resource: 'nvidia.com/mig-1g.10gb', count: 1 },
    ]);
  });

  it.each([
    undefined,
    {},
    { containers: [{}] },
    { containers: [container(0)] },
    { containers: [{ resources: { limits: { 'rdma/hca': '1' } } }] },
    {
      containers: [
        { resources: { limits: { 'gpu.intel.com/monitoring': 1 } } },
      ],
    },
    { containers: [{ resources: { limits: { [GPU]: 'many' } } }] },
  ])('finds none in %j', spec => {
    expect(readAsks(spec)).toEqual([]);
  });

  it('shares equal answers, thousands of pods ask for the same', () => {
    expect(readAsks({ containers: [container(1)] })).toBe(
      readAsks({ containers: [container(1)] }),
    );
  });

  it('is at least every phase of the pod and at most all containers together', () => {
    const counts = fc.array(fc.nat(8), { maxLength: 4 });
    fc.assert(
      fc.property(counts, counts, counts, (sidecars, init, main) => {
        const [ask] = readAsks({
          initContainers: [
            ...sidecars.map(count => container(count, 'Always')),
            ...init.map(count => container(count)),
          ],
          containers: main.map(count => container(count)),
        });
        const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
        const found = ask?.count ?? 0;
        expect(found).toBeGreaterThanOrEqual(sum(sidecars) + sum(main));
        for (const count of init) {
          expect(found).toBeGreaterThanOrEqual(sum(sidecars) + count);
        }
        expect(found).toBeLessThanOrEqual(
          sum(sidecars) + Math.max(sum(main), ...init, 0),
        );
      }),
    );
  });
});
