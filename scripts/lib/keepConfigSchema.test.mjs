import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';

const require = createRequire(import.meta.url);
const { keepConfigSchema } = require('./keepConfigSchema.cjs');
const configLoader = require('@backstage/config-loader');

let dir;
let file;

const declare = visibility =>
  writeFileSync(
    join(dir, 'config.schema.json'),
    JSON.stringify({
      type: 'object',
      properties: {
        forge: {
          type: 'object',
          properties: {
            password: { type: 'string', visibility },
            host: { type: 'string' },
          },
        },
      },
    }),
  );

const declareIn = configSchema =>
  writeFileSync(
    join(dir, 'package.json'),
    JSON.stringify({ name: 'declaring', version: '1.0.0', configSchema }),
  );

/** As a process that starts anew: nothing but the file is known. */
async function secretsAtStart({ hash = 'hash', ...options } = {}) {
  const loader = { ...configLoader };
  keepConfigSchema(loader, { file, hash });
  const schema = await loader.loadConfigSchema({
    dependencies: [],
    packagePaths: [join(dir, 'package.json')],
    ...options,
  });
  const [{ data }] = schema.process(
    [
      {
        context: 'test',
        data: { forge: { password: 'hush', host: 'localhost' } },
      },
    ],
    { visibility: ['secret'], ignoreSchemaErrors: true },
  );
  return data;
}

const HUSH = { forge: { password: 'hush' } };

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'schema-'));
  file = join(dir, 'kept');
  declareIn('config.schema.json');
  declare('secret');
});

afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('finds the same secrets without compiling them again', async () => {
  assert.deepEqual(await secretsAtStart(), HUSH);
  // With nothing left to compile, what is found can only be what was kept.
  rmSync(join(dir, 'config.schema.json'));
  assert.deepEqual(await secretsAtStart(), HUSH);
});

test('compiles again when what it is made of changed', async () => {
  declare('frontend');
  assert.deepEqual(await secretsAtStart(), {});
  declare('secret');
  assert.deepEqual(await secretsAtStart({ hash: 'changed' }), HUSH);
});

test('compiles again when it is asked for other packages', async () => {
  assert.deepEqual(await secretsAtStart({ packagePaths: [] }), {});
  assert.deepEqual(await secretsAtStart(), HUSH);
});

test('compiles again when the file was damaged', async () => {
  for (const damage of [
    text => text.replace('"visibility":"secret"', '"visibility":"frontend"'),
    text => text.slice(0, -20),
    () => '',
  ]) {
    await secretsAtStart();
    const text = readFileSync(file, 'utf8');
    assert.notEqual(damage(text), text);
    writeFileSync(file, damage(text));
    assert.deepEqual(await secretsAtStart(), HUSH);
  }
});

test('tells a fault of a schema at each start', async () => {
  declareIn('config.d.ts');
  writeFileSync(
    join(dir, 'config.d.ts'),
    'export interface Config { forge?: Missing }',
  );
  const told = [];
  const onSchemaError = error => told.push(error.message);
  await secretsAtStart({ onSchemaError });
  const once = told.length;
  assert.ok(once > 0);
  await secretsAtStart({ onSchemaError });
  assert.equal(told.length, 2 * once);
});

test('works where nothing can be written', async () => {
  file = join(dir, 'no', 'such', 'folder');
  assert.deepEqual(await secretsAtStart(), HUSH);
});

test("serves the portal's own search for secrets", async () => {
  const { loadConfigSchema } = configLoader;
  const { createConfigSecretEnumerator } = createRequire(
    new URL('../../packages/backend/package.json', import.meta.url),
  )('@backstage/backend-defaults/rootConfig');
  const asked = [];
  configLoader.loadConfigSchema = async options => {
    asked.push(options);
    return loadConfigSchema({ ...options, dependencies: [] });
  };
  try {
    await createConfigSecretEnumerator({ logger: console });
  } finally {
    configLoader.loadConfigSchema = loadConfigSchema;
  }
  assert.equal(asked.length, 1);
  assert.ok(asked[0].dependencies.includes('backend'));
});
