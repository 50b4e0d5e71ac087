import { quantileOf } from './quantileOf';

const buckets = (...pairs: [number, number][]) =>
  pairs.map(([boundMs, count]) => ({ boundMs, count }));

describe('quantileOf', () => {
  it.each([
    ['no buckets', buckets(), 0.5, undefined],
    ['no observations', buckets([10, 0], [Infinity, 0]), 0.5, undefined],
    ['no infinite bucket', buckets([10, 4]), 0.5, undefined],
    ['the first bucket, from zero', buckets([10, 4], [Infinity, 4]), 0.5, 5],
    [
      'the middle of a bucket',
      buckets([10, 1], [20, 3], [Infinity, 4]),
      0.5,
      15,
    ],
    ['a bound', buckets([10, 2], [20, 4], [Infinity, 4]), 0.5, 10],
    [
      'empty buckets before it',
      buckets([10, 0], [20, 0], [40, 4], [Infinity, 4]),
      0.5,
      30,
    ],
    [
      'what lies above all bounds',
      buckets([10, 1], [20, 2], [Infinity, 10]),
      0.95,
      20,
    ],
    ['only an infinite bucket', buckets([Infinity, 3]), 0.5, undefined],
  ])('tells of %s', (_, given, quantile, expected) => {
    expect(quantileOf(given, quantile)).toEqual(expected);
  });
});
