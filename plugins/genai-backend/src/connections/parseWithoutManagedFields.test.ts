import { parseWithoutManagedFields } from './parseWithoutManagedFields';

const FIELDS = [
  {
    manager: 'kubelet ] "quoted" \\',
    operation: 'Update',
    fieldsV1: {
      'f:status': {
        'f:conditions': {
          'k:{"type":"Ready"}': { '.': {}, 'f:status': {} },
        },
      },
      'f:spec': { 'v:["a","b"]': {} },
    },
  },
  { manager: 'kubectl', fieldsV1: {}, subresource: 'status' },
];

const pod = (name: string, managedFields: unknown[] = FIELDS) => ({
  metadata: { name, managedFields, labels: { a: 'b' } },
  spec: { containers: [{ args: ['--x=[1]', '{"managedFields":['] }] },
});

describe('parseWithoutManagedFields', () => {
  it('empties them in every object and leaves the rest as it is', () => {
    const text = JSON.stringify({ items: [pod('one'), pod('two')] });
    expect(parseWithoutManagedFields(text)).toEqual({
      items: [pod('one', []), pod('two', [])],
    });
  });

  it.each([
    ['none', { items: [{ metadata: { name: 'one' } }] }],
    ['empty ones', { items: [pod('one', []), pod('two', [])] }],
    ['null', { metadata: { managedFields: null } }],
    ['empty ones before an array', { a: pod('one', []), b: [{}] }],
  ])('keeps a text with %s', (_, value) => {
    expect(parseWithoutManagedFields(JSON.stringify(value))).toEqual(value);
  });

  it.each([
    '}]',
    '}],',
    '}]}',
    '}],"',
    '}]},',
    '}]}]}',
    '\\}]',
    '"}]"',
    '}]\\"',
    '模型}]',
  ])('loses nothing else where they hold the string %j', odd => {
    for (const fields of [
      [{ manager: odd, operation: 'Update', fieldsV1: { 'f:a': {} } }],
      [{ manager: 'a', fieldsV1: { [`f:${odd}`]: {}, [`f:${odd}b`]: {} } }],
      [{ manager: 'a', fieldsV1: { 'f:a': { [`k:${odd}`]: [{ odd }] } } }],
    ]) {
      const value = { items: [pod('one', fields), pod('two', fields), odd] };
      const parsed = parseWithoutManagedFields(JSON.stringify(value));
      const rest = JSON.stringify(parsed, (key, inner) =>
        key === 'managedFields' ? [] : inner,
      );
      expect(JSON.parse(rest)).toEqual({
        items: [pod('one', []), pod('two', []), odd],
      });
    }
  });

  it.each([
    '',
    '{"managedFields":[',
    '{"managedFields":[{"a":"b',
    '{"managedFields":[{}',
    '{"managedFields":[{}]',
  ])('refuses the cut text %j', text => {
    expect(() => parseWithoutManagedFields(text)).toThrow(SyntaxError);
  });
});
