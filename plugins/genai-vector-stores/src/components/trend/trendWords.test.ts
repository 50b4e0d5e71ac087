import type { StoreSample } from '@promptside/backstage-plugin-genai-common';
import { describeLines, describeStates, linesOf, spansOf } from './trendWords';

const START = Date.parse('2026-11-02T08:00:00.000Z');
const STEP = 30_000;

const series = (samples: (Partial<StoreSample> & { step: number })[]) => ({
  stepMs: STEP,
  spanMs: 120 * STEP,
  samples: samples.map(({ step, ...rest }): StoreSample => ({
    at: new Date(START + step * STEP).toISOString(),
    state: 'Healthy',
    ...rest,
  })),
});

describe('trend', () => {
  it('breaks a line where nothing was known, not at a step that came late', () => {
    const lines = linesOf(
      series([
        { step: 0, vectorCount: 1 },
        { step: 2, vectorCount: 2 },
        { step: 3 },
        { step: 4, vectorCount: 3 },
        { step: 9, vectorCount: 4 },
      ]),
      'vectorCount',
    );
    expect(lines.map(line => line.map(({ value }) => value))).toEqual([
      [1, 2],
      [3],
      [4],
    ]);
  });

  it('joins equal states and leaves gaps out', () => {
    const spans = spansOf(
      series([
        { step: 0 },
        { step: 1 },
        { step: 2, state: 'Down' },
        { step: 9 },
      ]),
    );
    expect(
      spans.map(({ state, from, to }) => [
        state,
        (from - START) / STEP,
        (to - START) / STEP,
      ]),
    ).toEqual([
      ['Healthy', 0, 2],
      ['Down', 2, 3],
      ['Healthy', 9, 10],
    ]);
  });

  it('is told in words', () => {
    const { samples } = series([{ step: 0 }, { step: 1, state: 'Unknown' }]);
    expect(describeStates(samples)).toBe(
      'Healthy in 1 of 2 samples, Unknown in 1',
    );
    expect(describeStates(samples.slice(1))).toBe('Always Unknown');
    expect(describeStates([])).toBe('No sample');
    const line = [3, 9, 5].map((value, at) => ({ at, value }));
    expect(describeLines([line], String)).toBe('from 3 to 9, last 5');
    expect(describeLines([line.slice(0, 1)], String)).toBe('always 3');
    expect(describeLines([], String)).toBeUndefined();
  });
});
