import { parseExposition } from './parseExposition';

const parse = (text: string, ...names: string[]) =>
  parseExposition(text, new Set(names));

describe('parseExposition', () => {
  it.each([
    ['a 1', { name: 'a', labels: {}, value: 1 }],
    ['a{} 2', { name: 'a', labels: {}, value: 2 }],
    ['  a  3.5  ', { name: 'a', labels: {}, value: 3.5 }],
    ['a\t4', { name: 'a', labels: {}, value: 4 }],
    ['a 1 1700000000000', { name: 'a', labels: {}, value: 1 }],
    ['a 1e-05', { name: 'a', labels: {}, value: 0.00001 }],
    ['a +Inf', { name: 'a', labels: {}, value: Infinity }],
    ['a -Inf', { name: 'a', labels: {}, value: -Infinity }],
    ['a NaN', { name: 'a', labels: {}, value: NaN }],
    ['a{x="1",y="2",} 5', { name: 'a', labels: { x: '1', y: '2' }, value: 5 }],
    [
      'a { x = "1" , y="" } 6',
      { name: 'a', labels: { x: '1', y: '' }, value: 6 },
    ],
    [
      'a{x="} 9 # \\" \\\\ \\n"} 7',
      { name: 'a', labels: { x: '} 9 # " \\ \n' }, value: 7 },
    ],
    ['a 8 # {trace_id="x"} 1', { name: 'a', labels: {}, value: 8 }],
    ['a 9\r', { name: 'a', labels: {}, value: 9 }],
    ['# TYPE a gauge', undefined],
    ['# EOF', undefined],
    ['', undefined],
    ['a', undefined],
    ['a one', undefined],
    ['a{x="1" 1', undefined],
    ['a{x=1} 1', undefined],
    ['a{x="1} 1', undefined],
    ['ab 1', undefined],
    ['<html>a 1</html>', undefined],
  ])('reads %j', (line, expected) => {
    expect(parse(line, 'a')).toEqual(expected ? [expected] : []);
  });

  it('reads names with colons and keeps the order of the text', () => {
    const text = 'vllm:n 1\nother 5\nvllm:n{engine="1"} 2\n';
    expect(parse(text, 'vllm:n').map(({ value }) => value)).toEqual([1, 2]);
  });

  it('reads what is good around a bad line', () => {
    expect(parse('a 1\na{{{ 2\na 3', 'a').map(({ value }) => value)).toEqual([
      1, 3,
    ]);
  });

  it('is not slow on a line of two megabytes', () => {
    const text = `a{x="${'\\'.repeat(2_000_000)} 1`;
    expect(parse(text, 'a')).toEqual([]);
  });
});
