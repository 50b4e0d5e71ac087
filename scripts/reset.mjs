#!/usr/bin/env node
// npm run reset: clears the demo's data; with --all also Node and Yarn that were brought.
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { STATE } from './lib/paths.mjs';
import { runMain } from './lib/UserError.mjs';

runMain(async () => {
  const all = process.argv.includes('--all');
  if (!existsSync(STATE)) {
    process.stdout.write('There is no data to clear.\n');
    return;
  }
  const cleared = readdirSync(STATE).filter(
    name => all || name !== 'toolchain',
  );
  for (const name of cleared) {
    rmSync(join(STATE, name), { recursive: true, force: true });
  }
  process.stdout.write(
    cleared.length > 0
      ? `Cleared ${cleared.join(', ')} in ${STATE}.\n`
      : 'There is no data to clear.\n',
  );
});
