import fc from 'fast-check';
import { parse, parseDocument } from 'yaml';
import { toYaml } from './toYaml';

describe('toYaml', () => {
  it('leaves plain words plain', () => {
    expect(
      toYaml({ image: 'vllm/vllm-openai:v0.32.0', text: 'two words' }),
    ).toBe('image: vllm/vllm-openai:v0.32.0\ntext: two words\n');
  });

  it.each([
    'yes',
    'No',
    'on',
    'null',
    '~',
    '',
    '1_000',
    '0o17',
    '1:20',
    '.inf',
    'NaN',
    '2026-01-01',
    '<<',
    '=',
    'a: b',
    'a #b',
    '${{ x }}',
    '- a',
    '|',
  ])('quotes %p, which some reader takes for something else', text => {
    const yaml = toYaml({ text });
    expect(yaml).toMatch(/^text: "/);
    expect(parse(yaml)).toEqual({ text });
  });

  it('gives back any string, as value and as key, to readers of YAML 1.1 and 1.2', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string()),
        fc.string(),
        (value, key) => {
          fc.pre(key !== '__proto__');
          const yaml = toYaml({ [key]: [value], nested: { value } });
          for (const version of ['1.1', '1.2'] as const) {
            const document = parseDocument(yaml, { version });
            expect(document.errors).toEqual([]);
            expect(document.toJS()).toEqual({
              [key]: [value],
              nested: { value },
            });
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('writes a shared object out each time, and comments on top', () => {
    const labels = { a: 'b' };
    expect(toYaml({ x: labels, y: labels }, { comment: ['Why'] })).toBe(
      '# Why\n\nx:\n  a: b\n"y":\n  a: b\n',
    );
  });
});
