import { InputError } from '@backstage/errors';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import fc from 'fast-check';
import {
  checkedInferenceSpec,
  parseInferenceSpec,
  stringifyInferenceSpec,
} from './inferenceSpecText';

const SPEC: InferenceSpec = {
  apiVersion: 'promptside.io/v1',
  kind: 'InferenceService',
  metadata: { name: 'chat-llm', owner: 'group:default/team-chat' },
  spec: {
    engine: { name: 'vllm' },
    model: { id: 'Qwen/Qwen3-8B' },
    target: { cluster: 'demo', namespace: 'team-chat' },
    accelerator: { vendor: 'nvidia', resource: 'nvidia.com/gpu', count: 1 },
    contextLength: 8192,
    replicas: 1,
    storage: { size: '19Gi' },
  },
};

/** The spec after writing and reading, or the message of the refusal. */
function readBack(spec: InferenceSpec): InferenceSpec | string {
  try {
    return parseInferenceSpec(stringifyInferenceSpec(spec));
  } catch (error) {
    return String(error);
  }
}

describe('parseInferenceSpec', () => {
  it('reads what stringifyInferenceSpec wrote', () => {
    expect(parseInferenceSpec(stringifyInferenceSpec(SPEC))).toEqual(SPEC);
  });

  it.each<[string, string, RegExp]>([
    [
      'an unknown field',
      'spec:\n',
      /spec\.replicaz.*is not a field of the spec/,
    ],
    ['a wrong value', '', /spec\.replicas: .*number/],
  ])('names the field of %s', (what, _, message) => {
    const text = stringifyInferenceSpec(SPEC).replace(
      'replicas: 1',
      what === 'a wrong value'
        ? 'replicas: many'
        : 'replicas: 1\n  replicaz: 1',
    );
    expect(() => parseInferenceSpec(text)).toThrow(InputError);
    expect(() => parseInferenceSpec(text)).toThrow(message);
  });

  it('names an unknown field at the top', () => {
    expect(() =>
      parseInferenceSpec(`${stringifyInferenceSpec(SPEC)}extra: 1\n`),
    ).toThrow('inference.yaml: extra: is not a field');
  });

  it('refuses a label that the schema library would drop', () => {
    const labels = JSON.parse('{"__proto__":"x"}');
    expect(() =>
      checkedInferenceSpec({
        ...SPEC,
        spec: { ...SPEC.spec, monitoring: { labels } },
      }),
    ).toThrow('spec.monitoring.labels.__proto__: is no label key');
  });

  it('names every missing field of an empty file', () => {
    expect(() => parseInferenceSpec('')).toThrow(/^inference.yaml: /);
    expect(() => parseInferenceSpec('{}')).toThrow(
      /apiVersion: .*kind: .*metadata: .*spec: /,
    );
  });

  it.each([
    ['broken YAML', 'a: [1', /line 1/],
    ['the same key twice', 'kind: a\nkind: b', /unique/],
    ['a tab as indentation', 'a:\n\tb: 1', /line 2/],
  ])('says where %s is', (_, text, message) => {
    expect(() => parseInferenceSpec(text)).toThrow(message);
  });

  it('refuses a file that is too long, and one that grows by aliases', () => {
    expect(() => parseInferenceSpec('a'.repeat(100_001))).toThrow(
      'has 100001 characters',
    );
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...['b', 'c', 'd'].map(
        (key, i) =>
          `${key}: &${key} [${Array(10).fill(`*${'abc'[i]}`).join(', ')}]`,
      ),
    ].join('\n');
    expect(() => parseInferenceSpec(bomb)).toThrow(/alias/i);
  });

  it('keeps any text or names the field', () => {
    const set: [string, (text: string) => InferenceSpec][] = [
      [
        'metadata.description',
        text => ({
          ...SPEC,
          metadata: { ...SPEC.metadata, description: text },
        }),
      ],
      [
        'metadata.name',
        text => ({ ...SPEC, metadata: { ...SPEC.metadata, name: text } }),
      ],
      [
        'metadata.owner',
        text => ({ ...SPEC, metadata: { ...SPEC.metadata, owner: text } }),
      ],
      [
        'spec.model.id',
        text => ({ ...SPEC, spec: { ...SPEC.spec, model: { id: text } } }),
      ],
      [
        'spec.model.servedName',
        text => ({
          ...SPEC,
          spec: {
            ...SPEC.spec,
            model: { ...SPEC.spec.model, servedName: text },
          },
        }),
      ],
      [
        'spec.engine.image',
        text => ({
          ...SPEC,
          spec: { ...SPEC.spec, engine: { name: 'vllm', image: text } },
        }),
      ],
      [
        'spec.target.cluster',
        text => ({
          ...SPEC,
          spec: {
            ...SPEC.spec,
            target: { ...SPEC.spec.target, cluster: text },
          },
        }),
      ],
      [
        'spec.storage.size',
        text => ({ ...SPEC, spec: { ...SPEC.spec, storage: { size: text } } }),
      ],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...set),
        fc.oneof(
          fc.string(),
          fc.string({ unit: 'binary' }),
          fc.stringMatching(/^[a-zA-Z0-9./:@#{}\[\]'"\n -]{1,40}$/),
        ),
        ([field, withText], text) => {
          const spec = withText(text);
          const outcome = readBack(spec);
          expect(
            typeof outcome === 'string'
              ? outcome.includes(`${field}: `)
              : outcome,
          ).toEqual(typeof outcome === 'string' ? true : spec);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
