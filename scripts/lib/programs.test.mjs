import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, test } from 'node:test';
import {
  bundlePrograms,
  programFile,
  programsAreWhole,
  sealPrograms,
} from './programs.mjs';

let root;

function write(path, text) {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const runProgram = name =>
  spawnSync(process.execPath, [programFile(root, name)], { encoding: 'utf8' });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'programs-'));
  write(
    'packages/backend/src/index.ts',
    `import { greet } from '@promptside/greeter';
import { name } from 'installed';
const words: string = greet(name);
console.log(words);`,
  );
  write('packages/demo-cluster/src/main.ts', 'console.log("cluster");');
  write(
    'packages/demo-forge/src/main.ts',
    'class Lost extends Error {}\nconsole.log(new Lost().constructor.name);',
  );
  write(
    'node_modules/@promptside/greeter/package.json',
    '{ "main": "src/index.ts" }',
  );
  write(
    'node_modules/@promptside/greeter/src/index.ts',
    "export const greet = (name: string) => 'hello ' + name;",
  );
  write('node_modules/installed/index.js', "exports.name = 'one';");
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('takes our packages in and loads installed ones when it runs', async () => {
  await bundlePrograms(root);
  assert.equal(runProgram('portal').stdout, 'hello one\n');

  write('node_modules/installed/index.js', "exports.name = 'two';");
  rmSync(join(root, 'node_modules/@promptside'), { recursive: true });
  assert.equal(runProgram('portal').stdout, 'hello two\n');
});

test('keeps the names of classes, by which errors are recognised', async () => {
  await bundlePrograms(root);
  assert.equal(runProgram('forge').stdout, 'Lost\n');
});

test('knows bundles of other sources', async () => {
  await bundlePrograms(root);
  assert.equal(programsAreWhole(root, 'sources'), false);
  sealPrograms(root, 'sources');
  assert.equal(programsAreWhole(root, 'sources'), true);
  assert.equal(programsAreWhole(root, 'changed sources'), false);
});

test('knows a bundle that was changed, cut off or taken away', async () => {
  await bundlePrograms(root);
  sealPrograms(root, 'sources');
  appendFileSync(programFile(root, 'cluster'), ' ');
  assert.equal(programsAreWhole(root, 'sources'), false);

  sealPrograms(root, 'sources');
  rmSync(programFile(root, 'cluster'));
  assert.equal(programsAreWhole(root, 'sources'), false);
});

test('names the place of a source that cannot be built, and trusts no bundle then', async () => {
  await bundlePrograms(root);
  sealPrograms(root, 'sources');
  write('packages/demo-forge/src/main.ts', '\nconst = 1;');
  await assert.rejects(bundlePrograms(root), error => {
    assert.equal(error.name, 'UserError');
    assert.match(error.message, /packages\/demo-forge\/src\/main\.ts:2: /);
    return true;
  });
  assert.equal(programsAreWhole(root, 'sources'), false);
});

test('refuses a package that is installed for one of ours alone', async () => {
  write('packages/demo-cluster/src/main.ts', "import 'installed';");
  write('packages/demo-cluster/node_modules/installed/index.js', '');
  await assert.rejects(
    bundlePrograms(root),
    /installed is installed for .*demo-cluster alone/,
  );
});
