import fc from 'fast-check';
import { sameFact } from './sameFact';

describe('sameFact', () => {
  it('agrees with the JSON of records in the same order', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
        expect(sameFact(left, JSON.parse(JSON.stringify(left)))).toBe(true);
        const sameText = JSON.stringify(left) === JSON.stringify(right);
        expect(sameFact(left, right) || !sameText).toBe(true);
        expect(sameFact(left, right)).toBe(sameFact(right, left));
      }),
    );
  });

  it.each([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1 }, { b: 1 }],
    [[1], [1, 2]],
    [[1], { 0: 1 }],
    [{ a: 1 }, null],
    [null, {}],
    [1, '1'],
  ])('tells %j from %j', (left, right) => {
    expect(sameFact(left, right)).toBe(false);
    expect(sameFact(right, left)).toBe(false);
  });

  it('takes an undefined field for an absent one', () => {
    expect(sameFact({ a: 1, b: undefined }, { a: 1 })).toBe(true);
    expect(sameFact({ a: 1 }, { a: 1, b: undefined })).toBe(true);
  });
});
