import { parseModelFile } from './parseModelFile';

const ENTRY = `
  - id: acme/small
    title: Small
    provider: ACME
    task: text-generation
    license: apache-2.0
    gated: false
    parameterCount: 8030261248
    layers: 32
    hiddenSize: 4096
    attentionHeads: 32
    kvHeads: 8
    headDim: 128
    attention:
      type: full
    contextLength: 8192
    dtype: bfloat16
    variants:
      - quantization: none
        weightsBytes: 16060522496
    source: our own measurement`;

const entry = (id: string, change: [string | RegExp, string] = ['', '']) =>
  ENTRY.replace('acme/small', id).replace(...change);

const file = (...entries: string[]) => `models:${entries.join('')}\n`;

const idsOf = (text: string) => parseModelFile(text).models.map(({ id }) => id);

describe('parseModelFile', () => {
  it('reads every entry of a good file', () => {
    const { models, faults } = parseModelFile(file(entry('a/a'), entry('b/b')));
    expect(faults).toEqual([]);
    expect(models.map(({ id }) => id)).toEqual(['a/a', 'b/b']);
    expect(models[0]).toMatchObject({
      layers: 32,
      attention: { type: 'full' },
    });
  });

  it('reads JSON too', () => {
    const { models } = parseModelFile(file(entry('a/a')));
    expect(parseModelFile(JSON.stringify({ models }))).toEqual({
      models,
      faults: [],
    });
  });

  it.each<[string, [string, string], object]>([
    [
      'a value of the wrong type',
      ['layers: 32', 'layers: many'],
      { line: 29, field: 'models.1.layers' },
    ],
    [
      'a field of the wrong name',
      ['layers: 32', 'layers: 32\n    contextLenght: 7'],
      { line: 30, field: 'models.1.contextLenght' },
    ],
    [
      'a field of the wrong name further down',
      ['weightsBytes:', 'bytes: 7\n        weightsBytes:'],
      { line: 40, field: 'models.1.variants.0.bytes' },
    ],
    [
      'a missing field, at the line of the entry',
      ['    layers: 32\n', ''],
      { line: 22, field: 'models.1.layers' },
    ],
    ['an id that is none', ['b/b', 'b'], { line: 22, field: 'models.1.id' }],
    [
      'a licence page that is a script',
      ['gated: false', 'gated: true\n    licenseUrl: javascript:alert(1)'],
      { line: 28, field: 'models.1.licenseUrl' },
    ],
    [
      'heads that do not divide',
      ['kvHeads: 8', 'kvHeads: 7'],
      { line: 32, field: 'models.1.kvHeads' },
    ],
    [
      'weights of a hundred bits a parameter',
      ['16060522496', '100000000000'],
      { line: 40, field: 'models.1.variants.0.weightsBytes' },
    ],
    [
      'an embedding model without its dimension',
      ['text-generation', 'embedding'],
      { line: 22, field: 'models.1.embeddingDimension' },
    ],
    [
      'a parameter count that the architecture contradicts',
      [
        'layers: 32',
        'layers: 16\n    intermediateSize: 14336\n    vocabularySize: 128256',
      ],
      { line: 28, field: 'models.1.parameterCount' },
    ],
    [
      'an id that is there already',
      ['b/b', 'A/a'],
      { line: 22, field: 'models.1.id' },
    ],
  ])('names line and field of %s and keeps the others', (_, change, fault) => {
    const { models, faults } = parseModelFile(
      file(entry('a/a'), entry('b/b', change), entry('c/c')),
    );
    expect(models.map(({ id }) => id)).toEqual(['a/a', 'c/c']);
    expect(faults).toEqual([
      { ...fault, message: expect.stringMatching(/\w/) },
    ]);
  });

  it('leaves out only the entry whose YAML is broken', () => {
    const text = file(
      entry('a/a'),
      entry('b/b', ['title: Small', 'title: "Small']),
      entry('c/c'),
    );
    // the open quote swallows what follows it, so only what stands before is sure
    expect(idsOf(text)).toEqual(['a/a']);
    const tab = file(
      entry('a/a'),
      entry('b/b', ['title: Small', 'title: Small: Big']),
      entry('c/c'),
    );
    const { models, faults } = parseModelFile(tab);
    expect(models.map(({ id }) => id)).toEqual(['a/a', 'c/c']);
    expect(faults).toEqual([{ line: 23, message: expect.any(String) }]);
  });

  it.each([
    ['', 'must be a list'],
    ['models: 7', 'must be a list'],
    ['- id: a/a', 'must be a list'],
    ['models:\n  a: b', 'must be a list'],
    [`x: 1\n${file(entry('a/a'))}`, 'is not a key'],
    [`${'#'.repeat(2_000_001)}`, 'at most'],
  ])('says what is wrong with %.20j', (text, message) => {
    expect(parseModelFile(text).faults).toContainEqual(
      expect.objectContaining({ message: expect.stringContaining(message) }),
    );
  });

  it('does not grow aliases without end', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]
b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]
c: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]
models:
  - title: *c
  - *c${entry('a/a')}
`;
    expect(idsOf(bomb)).toEqual(['a/a']);
  });

  it('refuses a key that would change prototypes', () => {
    const { models, faults } = parseModelFile(
      file(entry('a/a', ['layers: 32', 'layers: 32\n    __proto__: { x: 1 }'])),
    );
    expect(models).toEqual([]);
    expect(faults[0].field).toBe('models.0.__proto__');
  });
});
