import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import { CannotRunError } from './cache.mjs';
import { findPostgres } from './postgresPrograms.mjs';

let bin;

beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'promptside-programs-'));
  process.env.PROMPTSIDE_PG_BIN = bin;
});

afterEach(() => {
  delete process.env.PROMPTSIDE_PG_BIN;
  rmSync(bin, { recursive: true, force: true });
});

/** Programs of a PostgreSQL; with a version, pgvector is beside them. */
function install(pgvector) {
  const extensions = join(bin, 'share', 'extension');
  mkdirSync(extensions, { recursive: true });
  writeFileSync(join(bin, 'initdb'), '');
  const script = `#!/bin/sh\necho '${join(bin, 'share')}'\n`;
  writeFileSync(join(bin, 'pg_config'), script, { mode: 0o755 });
  if (!pgvector) return;
  writeFileSync(
    join(extensions, 'vector.control'),
    `comment = 'vector data type'\ndefault_version = '${pgvector}'\n`,
  );
}

const refusal = async () => {
  const error = await findPostgres({}).catch(caught => caught);
  assert.ok(error instanceof CannotRunError);
  assert.ok(error.message.startsWith(`PROMPTSIDE_PG_BIN (${bin}): `));
  return error.message.slice(error.message.indexOf('): ') + 3);
};

test('a folder that is given has to have PostgreSQL', async () => {
  assert.equal(await refusal(), 'it has no initdb');
});

test('a PostgreSQL that is given has to have pgvector', async () => {
  install();
  assert.equal(await refusal(), 'it has no pgvector');
});

for (const version of ['0.4.1', '0.6.2']) {
  test(`pgvector ${version} has no half precision`, async () => {
    install(version);
    assert.equal(await refusal(), 'its pgvector is older than 0.7');
  });
}

for (const version of ['0.7.0', '0.8.5', '0.10.0', '1.0.0']) {
  test(`pgvector ${version} serves`, async () => {
    install(version);
    assert.deepEqual(await findPostgres({}), { bin });
  });
}
