import { dropManagedFields } from './dropManagedFields';

const FIELDS = [
  {
    manager: 'kubelet ] "quoted" \\',
    fieldsV1: {
      'f:status': {
        'f:conditions': {
          'k:{"type":"Ready"}': { '.': {}, 'f:status': {} },
        },
      },
      'f:spec': { 'v:["a","b"]': [[], [1, [2]]] },
    },
  },
];

const pod = (name: string, managedFields: unknown[] = FIELDS) => ({
  metadata: { name, managedFields, labels: { a: 'b' } },
  spec: { containers: [{ args: ['--x=[1]', '{"managedFields":['] }] },
});

describe('dropManagedFields', () => {
  it('empties them in every object and leaves the rest as it is', () => {
    const text = JSON.stringify({ items: [pod('one'), pod('two')] });
    expect(JSON.parse(dropManagedFields(text))).toEqual({
      items: [pod('one', []), pod('two', [])],
    });
  });

  it.each([
    ['none', { items: [{ metadata: { name: 'one' } }] }],
    ['empty ones', { items: [pod('one', [])] }],
    ['null', { metadata: { managedFields: null } }],
  ])('leaves a text with %s alone', (_, value) => {
    const text = JSON.stringify(value);
    expect(dropManagedFields(text)).toBe(text);
  });

  it.each([
    '',
    '\\',
    '\\\\',
    '"',
    '\\"',
    '\\\\"',
    ']',
    '"]',
    '模型]',
    '\u2028',
  ])('reads the string %j within them to its end', odd => {
    const text = JSON.stringify([pod('one', [odd, { [odd]: [odd] }]), odd]);
    expect(JSON.parse(dropManagedFields(text))).toEqual([pod('one', []), odd]);
  });

  it.each([
    '{"managedFields":[',
    '{"managedFields":[{"a":"b',
    '{"managedFields":[[]',
    '{"managedFields":["\\"',
  ])('leaves the cut text %j to the parser', text => {
    expect(dropManagedFields(text)).toBe(text);
  });
});
