#!/usr/bin/env node
// Relative links of Markdown files lead to a file or folder of the repository, and to a heading where they name one.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../lib/paths.mjs';

/** Skeletons are templates: their links are written when a repository is made of them. */
const SKIPPED = new Set([
  'node_modules',
  'dist',
  'dist-types',
  'coverage',
  'skeleton',
  '__fixtures__',
  '__goldens__',
  'golden',
]);

function* markdownFiles(dir) {
  for (const entry of readdirSync(dir)) {
    if (SKIPPED.has(entry) || (entry.startsWith('.') && entry !== '.changeset'))
      continue;
    const path = join(dir, entry);
    if (statSync(path).isDirectory()) yield* markdownFiles(path);
    else if (entry.endsWith('.md')) yield path;
  }
}

/** Without code, in which brackets are no links. */
const prose = text =>
  text.replace(/^(```+|~~~+)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '');

function targetsOf(text) {
  const inline =
    /\]\(\s*<?([^\s()<>]+(?:\([^\s()]*\))?)>?(?:\s+["'][^)]*)?\s*\)/g;
  const reference = /^\s*\[[^\]]+\]:\s+<?(\S+?)>?(?:\s|$)/gm;
  return [inline, reference].flatMap(pattern =>
    [...prose(text).matchAll(pattern)].map(([, target]) => target),
  );
}

/** Anchors of the headings, as GitHub makes them. */
function anchorsOf(path) {
  const headings = readFileSync(path, 'utf8')
    .replace(/^(```+|~~~+)[\s\S]*?^\1/gm, '')
    .matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm);
  return new Set(
    [...headings].map(([, text]) =>
      text
        .toLowerCase()
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    ),
  );
}

function leadsSomewhere(file, target, root) {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(target)) return true;
  const [path, anchor] = decodeURIComponent(target).split('#');
  const from = path.startsWith('/') ? root : dirname(file);
  const to = path === '' ? file : join(from, path.split('?')[0]);
  if (!existsSync(to)) return false;
  return !anchor || !to.endsWith('.md') || anchorsOf(to).has(anchor);
}

/** Links that lead nowhere, as `file: target`. */
export function brokenLinks(root = ROOT) {
  return [...markdownFiles(root)].flatMap(file =>
    targetsOf(readFileSync(file, 'utf8'))
      .filter(target => !leadsSomewhere(file, target, root))
      .map(target => `${relative(root, file)}: ${target}`),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = brokenLinks();
  if (found.length > 0) {
    process.stderr.write(`Links that lead nowhere:\n${found.join('\n')}\n`);
    process.exitCode = 1;
  }
}
