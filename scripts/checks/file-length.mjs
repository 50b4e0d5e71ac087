#!/usr/bin/env node
// No source file over 400 lines; data tables and fixtures may be longer.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../lib/paths.mjs';

const LIMIT = 400;
const SOURCE = /\.(ts|tsx|mjs|cjs|js)$/;
const SKIPPED = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  '__fixtures__',
  '__goldens__',
]);

/** Data tables: one row of facts after another, nothing to split. */
const DATA = [/\/models\/curated\//, /\.d\.ts$/];

function* sourceFiles(dir) {
  for (const entry of readdirSync(dir)) {
    if (SKIPPED.has(entry) || entry.startsWith('.')) continue;
    const path = join(dir, entry);
    if (statSync(path).isDirectory()) yield* sourceFiles(path);
    else if (SOURCE.test(entry) && !DATA.some(pattern => pattern.test(path))) {
      yield path;
    }
  }
}

/** Files below the folders that are too long, as `path: lines`. */
export function tooLongFiles(
  folders = ['packages', 'plugins', 'scripts', 'templates'],
  root = ROOT,
) {
  return folders
    .flatMap(folder => [...sourceFiles(join(root, folder))])
    .map(path => ({
      path: relative(root, path),
      lines: readFileSync(path, 'utf8').split('\n').length - 1,
    }))
    .filter(({ lines }) => lines > LIMIT)
    .map(({ path, lines }) => `${path}: ${lines} lines`);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = tooLongFiles();
  if (found.length > 0) {
    process.stderr.write(
      `Files over ${LIMIT} lines; split them by concept:\n${found.join('\n')}\n`,
    );
    process.exitCode = 1;
  }
}
