import fc from 'fast-check';
import { parseDeviceCount, parseQuantity } from './parseQuantity';

describe('parseQuantity', () => {
  it.each([
    ['40Gi', 42_949_672_960],
    ['1.5Gi', 1_610_612_736],
    ['500m', 0.5],
    ['2', 2],
    ['+2', 2],
    ['-1', -1],
    ['1e3', 1000],
    ['1E3', 1000],
    ['0.1e3', 100],
    ['12E', 12e18],
    ['1Ki', 1024],
    ['100M', 1e8],
    ['.5', 0.5],
    ['5.', 5],
    ['250u', 0.000_25],
    ['7n', 7e-9],
    [8, 8],
    [' 8 ', 8],
  ])('reads %j', (text, value) => {
    expect(parseQuantity(text)).toBeCloseTo(value, 12);
  });

  it.each([
    '',
    'abc',
    '1 Gi',
    '1gi',
    '1KI',
    '--1',
    '1e',
    '0x10',
    '1,5',
    'Infinity',
    'NaN',
    NaN,
    Infinity,
    null,
    undefined,
    {},
    [],
    true,
  ])('takes %j for no quantity, not for 0', text => {
    expect(parseQuantity(text)).toBeUndefined();
  });

  it('reads every whole number with every suffix', () => {
    const suffix = fc.constantFrom(
      ...(['k', 'M', 'G', 'T', 'Ki', 'Mi', 'Gi', 'Ti'] as const),
    );
    const factor = (name: string) =>
      (name.endsWith('i') ? 1024 : 1000) **
      ('kMGT'.indexOf(name[0] === 'K' ? 'k' : name[0]) + 1);
    fc.assert(
      fc.property(fc.nat(1000), suffix, (count, name) => {
        expect(parseQuantity(`${count}${name}`)).toBe(count * factor(name));
      }),
    );
  });

  it('never throws and never answers NaN', () => {
    fc.assert(
      fc.property(fc.anything(), input => {
        expect(parseQuantity(input)).not.toBeNaN();
      }),
    );
  });
});

describe('parseDeviceCount', () => {
  it.each([
    ['8', 8],
    ['0', 0],
    ['1k', 1000],
    [4, 4],
  ])('reads %j', (text, value) => {
    expect(parseDeviceCount(text)).toBe(value);
  });

  it.each(['1.5', '500m', '-1', 'all', undefined, '9E'])(
    'takes %j for no number of devices',
    text => {
      expect(parseDeviceCount(text)).toBeUndefined();
    },
  );
});
