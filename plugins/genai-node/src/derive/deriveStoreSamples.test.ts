import { storeSampleSchema } from '@promptside/backstage-plugin-genai-common';
import { observe } from '../testing/observe';
import { fixture } from '../vectorStores/__testUtils__/fixture';
import { NOW, probed, reading } from './__testUtils__/storeDetail';
import { deriveStoreSamples } from './deriveStoreSamples';

describe('deriveStoreSamples', () => {
  const state = observe([fixture('milvus-operator-1.3/cluster-healthy.json')]);
  const sampleOf = (knowledge: object) => {
    const [first, ...rest] = deriveStoreSamples(state, {
      now: NOW,
      ...knowledge,
    });
    expect(rest).toEqual([]);
    expect(first.uid).toBeTruthy();
    return storeSampleSchema.parse(first.sample);
  };
  const counted = (value: number | undefined) => ({
    name: `c${value}`,
    indexState: 'Ready' as const,
    ...(value === undefined
      ? {}
      : { count: { value, grade: 'measured' as const } }),
  });

  it('takes state, vectors and latency', () => {
    const answered = reading({
      latencyMs: 12.4,
      collections: [counted(7), counted(5)],
      collectionCount: 2,
    });
    expect(sampleOf(probed(answered))).toEqual({
      at: new Date(NOW).toISOString(),
      state: 'Healthy',
      vectorCount: 12,
      latencyMs: 12,
    });
  });

  it.each([
    ['nobody probes', {}],
    [
      'one collection was not counted',
      probed(
        reading({
          collections: [counted(7), counted(undefined)],
          collectionCount: 2,
        }),
      ),
    ],
    [
      'there are more collections than it knows',
      probed(reading({ collections: [counted(7)], collectionCount: 2 })),
    ],
  ])('knows no number of vectors when %s', (_, knowledge) => {
    expect(sampleOf(knowledge)).not.toHaveProperty('vectorCount');
  });

  it('knows that an empty store has none', () => {
    expect(sampleOf(probed(reading({ collectionCount: 0 })))).toMatchObject({
      vectorCount: 0,
    });
  });
});
