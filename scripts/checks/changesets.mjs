#!/usr/bin/env node
// Every published package says to its users what changed: a changeset that waits, or a changelog of a release.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../lib/paths.mjs';

/** Names that the front matter of a changeset gives a bump, as `'@scope/name': minor`. */
function packagesOf(text) {
  const [, matter = ''] = /^---\r?\n([\s\S]*?)^---/m.exec(text) ?? [];
  return [
    ...matter.matchAll(/^(['"]?)(.+?)\1:\s*(major|minor|patch)\s*$/gm),
  ].map(([, , name]) => name);
}

/** Names of the packages below `plugins` that are published and have neither a changeset nor a changelog. */
export function packagesWithoutChangeset(root = ROOT) {
  const folder = join(root, '.changeset');
  const told = new Set(
    readdirSync(folder)
      .filter(file => file.endsWith('.md') && file !== 'README.md')
      .flatMap(file => packagesOf(readFileSync(join(folder, file), 'utf8'))),
  );
  return readdirSync(join(root, 'plugins'))
    .map(name => join(root, 'plugins', name))
    .filter(dir => existsSync(join(dir, 'package.json')))
    .filter(dir => !existsSync(join(dir, 'CHANGELOG.md')))
    .map(dir => JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')))
    .filter(({ name, private: isPrivate }) => !isPrivate && !told.has(name))
    .map(({ name }) => name);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = packagesWithoutChangeset();
  if (found.length > 0) {
    process.stderr.write(
      `Published packages without a changeset; write one with "yarn changeset":\n${found.join('\n')}\n`,
    );
    process.exitCode = 1;
  }
}
