import { InputError } from '@backstage/errors';
import { gpuNodesResponseSchema } from '@promptside/backstage-plugin-genai-common';
import { observe } from '../testing/observe';
import { h100Node, node, pod } from '../testing/objects';
import { deriveGpuNodes } from './deriveGpuNodes';

const GPU = 'nvidia.com/gpu';
const asks = (count: number) => ({ [GPU]: count });

describe('deriveGpuNodes', () => {
  const state = observe([
    h100Node('gpu-b'),
    h100Node('gpu-a', {
      spec: { taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }] },
    }),
    node('amd-1', { 'amd.com/gpu': 8 }),
    node('broken', { [GPU]: 0 }, { 'nvidia.com/gpu.present': 'true' }),
    pod('p', { node: 'gpu-b', asks: asks(8) }),
  ]);
  const names = (query: Parameters<typeof deriveGpuNodes>[1]) =>
    deriveGpuNodes([state], query).items.map(({ name }) => name);

  it('lists nodes by name with pools, taints and versions', () => {
    const answer = deriveGpuNodes([state], {});
    expect(answer.items.map(({ name }) => name)).toEqual([
      'amd-1',
      'broken',
      'gpu-a',
      'gpu-b',
    ]);
    expect(answer.items[2]).toMatchObject({
      cluster: 'test',
      state: 'Ready',
      taints: [{ key: 'nvidia.com/gpu', effect: 'NoSchedule' }],
      kubeletVersion: 'v1.35.2',
      pools: [{ resource: GPU, counts: { free: 8 } }],
    });
    expect(answer.items[2]).not.toHaveProperty('allocations');
    expect(
      gpuNodesResponseSchema.safeParse({ ...answer, clusters: [] }).success,
    ).toBe(true);
  });

  it('narrows', () => {
    expect(names({ vendor: 'amd' })).toEqual(['amd-1']);
    expect(names({ product: 'NVIDIA-H100-80GB-HBM3' })).toEqual([
      'gpu-a',
      'gpu-b',
    ]);
    expect(names({ free: 'true' })).toEqual(['amd-1', 'gpu-a']);
    expect(names({ search: 'GPU-' })).toEqual(['gpu-a', 'gpu-b']);
    expect(names({ cluster: 'other' })).toEqual([]);
  });

  it('brings allocations along when asked', () => {
    const { items } = deriveGpuNodes([state], {
      include: 'allocations',
      search: 'gpu-b',
    });
    expect(items[0].allocations).toMatchObject([{ pod: 'p', count: 8 }]);
  });

  it('pages without repeating or hiding while nodes come and go', () => {
    const live = observe(['a', 'c', 'e'].map(name => h100Node(name)));
    const first = deriveGpuNodes([live], { limit: 2 });
    expect(first.items.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(first.totalCount).toBe(3);
    live.forget('nodes', 'Node:c');
    live.replace('nodes', [
      ...live.nodes(),
      ...observe([h100Node('b'), h100Node('d')]).nodes(),
    ]);
    const second = deriveGpuNodes([live], {
      limit: 2,
      cursor: first.nextCursor,
    });
    expect(second.items.map(({ name }) => name)).toEqual(['d', 'e']);
    expect(second).not.toHaveProperty('nextCursor');
  });

  it.each(['', 'x', 'bm90aGluZw'])('refuses the cursor "%s"', cursor => {
    expect(() => deriveGpuNodes([state], { cursor })).toThrow(InputError);
  });

  it('ends after the last row', () => {
    const { nextCursor } = deriveGpuNodes([state], { limit: 3 });
    const fewer = observe([h100Node('a')]);
    expect(deriveGpuNodes([fewer], { cursor: nextCursor })).toEqual({
      items: [],
      totalCount: 1,
    });
  });
});
