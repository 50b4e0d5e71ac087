import { parse } from 'yaml';
import { evaluateChart } from '../__testUtils__/evaluateChart';
import { templateText } from './templateText';

const object = (data: Record<string, unknown>) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a' },
  data,
});

const evaluated = (template: string, values: object = {}) =>
  evaluateChart([
    { path: 'chart/values.yaml', content: JSON.stringify(values) },
    { path: 'chart/templates/a.yaml', content: template },
  ])[0];

describe('text of a template', () => {
  it.each([
    '{{ .Values.secret }}',
    '{{- fail "no" -}}',
    '{{/* gone */}}',
    '{{{{',
    '}}',
    'a "quoted" {{ "text" }} \\ and more',
    'line one {{ x }}\nline two\n',
    'PromptsideSlot0E',
  ])('gives out %j as it stands', text => {
    expect(evaluated(templateText(object({ text }), []))).toEqual(
      object({ text }),
    );
  });

  it('fills slots with values, quoted where they are text', () => {
    const made = templateText(
      object({
        text: 'x',
        part: 'x',
        count: 1,
        map: { a: '1' },
        list: [{ map: { a: '1' } }],
      }),
      [
        {
          path: ['data', 'text'],
          bare: false,
          pieces: [{ expression: '.Values.text' }],
        },
        {
          path: ['data', 'part'],
          bare: false,
          pieces: [
            { text: '--a="100%" {{=' },
            { expression: 'int64 .Values.count' },
            { text: ',' },
            { expression: '.Values.text' },
          ],
        },
        {
          path: ['data', 'count'],
          bare: true,
          pieces: [{ expression: 'int64 .Values.count' }],
        },
        { path: ['data', 'map'], map: '.Values.map' },
        { path: ['data', 'list', 0, 'map'], map: '.Values.map' },
      ],
    );
    const map = { b: '2', c: '3' };
    expect(evaluated(made, { text: 'yes: "no"\n', count: 7, map })).toEqual(
      object({
        text: 'yes: "no"\n',
        part: '--a="100%" {{=7,yes: "no"\n',
        count: 7,
        map,
        list: [{ map }],
      }),
    );
  });

  it('is YAML beside its expressions', () => {
    expect(parse(templateText(object({ a: 'b' }), []))).toEqual(
      object({ a: 'b' }),
    );
  });
});
