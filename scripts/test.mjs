#!/usr/bin/env node
// npm test: everything that needs no more than Node, from a fresh clone. Last line: "N passed, N failed".
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/paths.mjs';
import { phase } from './lib/progress.mjs';
import { createResults, runJest, runNodeTests } from './lib/results.mjs';
import { ensureToolchain } from './lib/toolchain.mjs';
import { runMain } from './lib/UserError.mjs';

const CHECKS = [
  ['file length', 'file-length.mjs'],
  ['a changeset for every published package', 'changesets.mjs'],
  ['links between Markdown files', 'links.mjs'],
];

runMain(async () => {
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  const { env, node, yarn } = toolchain;
  const options = { cwd: ROOT, env: { ...env, CI: 'true' } };
  const results = createResults();

  await phase('Lint', async () => {
    await results.check(
      'eslint and the import law',
      yarn[0],
      [yarn[1], 'backstage-cli', 'repo', 'lint', '--max-warnings', '0'],
      options,
    );
    await results.check(
      'prettier',
      yarn[0],
      [yarn[1], 'prettier', '--check', '--log-level', 'warn', '.'],
      options,
    );
    for (const [title, file] of CHECKS) {
      await results.check(
        title,
        node,
        [join('scripts', 'checks', file)],
        options,
      );
    }
  });
  await phase('Types', () =>
    results.check('tsc', yarn[0], [yarn[1], 'tsc'], options),
  );
  await phase('Tests of the scripts', async () =>
    results.add(await runNodeTests(node, testFilesOfScripts(), options)),
  );
  await phase('Unit and integration tests', async () =>
    results.add(
      await runJest(
        [...yarn, 'backstage-cli', 'repo', 'test'],
        ['--watchAll=false', '--silent'],
        options,
      ),
    ),
  );
  results.finish();
});

function testFilesOfScripts() {
  return readdirSync(join(ROOT, 'scripts'), { recursive: true })
    .filter(file => file.endsWith('.test.mjs'))
    .map(file => join('scripts', file));
}
