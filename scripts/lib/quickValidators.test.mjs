import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';

const require = createRequire(import.meta.url);
const { default: Ajv } = require('ajv');

const SCHEMA = {
  type: 'object',
  required: ['host'],
  properties: { host: { type: 'string' }, port: { type: 'integer' } },
};

/** A new instance each time: ajv remembers what it compiled. */
const compile = code =>
  new Ajv({ code: { source: true, ...code } }).compile(SCHEMA);
const written = validate => validate.source.validateCode;

test('writes validators as ajv does when it is told not to optimise', () => {
  const optimised = written(compile());
  const plain = written(compile({ optimize: false }));
  assert.notEqual(optimised, plain);

  require('./quickValidators.cjs');
  const validate = compile();
  assert.equal(written(validate), plain);
  assert.equal(validate({ host: 'a', port: 1 }), true);
  assert.equal(validate({ host: 'a', port: 'b' }), false);
  assert.equal(validate({}), false);
});
