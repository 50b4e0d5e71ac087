import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { promisify } from 'node:util';
import { messageOf } from './faults.ts';

/** A document on disk. `name` is its path or URL, as answers show it. */
export interface Found {
  name: string;
  source: string;
  path: string;
  html: boolean;
}

/** A source cannot be listed now. What is known of it stays. */
export class SourceUnavailable extends Error {}

const SKIPPED_FOLDERS = new Set(['node_modules', '__pycache__', 'venv']);
const WEB_TIMEOUT_MS = 30_000;
const GIT_TIMEOUT_MS = 600_000;
// The host may be given with a user before an @, so only an @ after the first slash of the path begins a branch.
const GIT =
  /^git\+(?<url>(?:https?|ssh|file):\/\/[^/\s#]*\/[^@#\s]+)(?:@(?<ref>[\w./-]+))?(?:#(?<folder>[^#\s]+))?$/;

type Listed = AsyncGenerator<[name: string, path: string]>;

/** The documents of one entry of SOURCES; throws SourceUnavailable. Downloads go below `workspace`. */
export async function* readSource(entry: string, workspace: string): AsyncGenerator<Found> {
  const read = entry.startsWith('git+') ? clone : /^https?:\/\//.test(entry) ? download : files;
  for await (const [name, path] of read(entry, workspace))
    yield { name, source: entry, path, html: /\.x?html?$/i.test(path) };
}

/** All files below a folder in a fixed order, without hidden ones and without following links out of it. */
async function* walk(folder: string, label: string): Listed {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith('.')) continue;
    const [path, name] = [join(folder, entry.name), `${label}/${entry.name}`];
    if (entry.isFile()) yield [name, path];
    else if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) yield* walk(path, name);
  }
}

async function* files(entry: string): Listed {
  // A volume that is not mounted looks the same as deleted files, so nothing is concluded from it.
  if (!existsSync(entry)) throw new SourceUnavailable(`${entry} does not exist`);
  if (statSync(entry).isDirectory()) yield* walk(entry, entry.replace(/\/+$/, ''));
  else yield [entry, entry];
}

const keyOf = (entry: string) => createHash('sha256').update(entry).digest('hex');

/** Saves one page. A page that is gone for good is no document; one that fails is an unavailable source. */
async function* download(url: string, workspace: string): Listed {
  let path: string;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(WEB_TIMEOUT_MS) });
    if ([404, 410].includes(response.status)) return;
    if (!response.ok || !response.body) throw new SourceUnavailable(`${url} answers ${response.status}`);
    const html = response.headers.get('content-type')?.includes('html');
    path = join(workspace, keyOf(url) + (html ? '.html' : '.txt'));
    await pipeline(Readable.fromWeb(response.body as ReadableStream), createWriteStream(path));
  } catch (error) {
    if (error instanceof SourceUnavailable) throw error;
    throw new SourceUnavailable(`${url} cannot be read: ${messageOf((error as Error).cause ?? error)}`);
  }
  yield [url, path];
}

/** A git repository, git+https://host/group/repository.git@branch#folder: fetches the newest state alone. */
async function* clone(entry: string, workspace: string): Listed {
  const { url, ref, folder } = GIT.exec(entry)?.groups ?? {};
  if (!url || ref?.startsWith('-'))
    throw new SourceUnavailable(`${entry} is not of the form git+https://host/repository.git@branch#folder`);
  const target = join(workspace, keyOf(entry));
  const branch = ref ? ['--branch', ref] : [];
  try {
    await promisify(execFile)(
      'git',
      ['clone', '--quiet', '--depth', '1', '--single-branch', ...branch, '--', url, target],
      // Without this git would wait for a name and a password at the terminal.
      { timeout: GIT_TIMEOUT_MS, env: { ...process.env, GIT_TERMINAL_PROMPT: '0' } },
    );
  } catch (error) {
    const said = (error as { stderr?: string }).stderr?.trim().split('\n').at(-1);
    throw new SourceUnavailable(`${entry} cannot be cloned: ${said || messageOf(error)}`);
  }
  const wanted = resolve(target, folder ?? '');
  if (!`${wanted}${sep}`.startsWith(`${target}${sep}`) || !existsSync(wanted) || !statSync(wanted).isDirectory())
    throw new SourceUnavailable(`${entry}: the repository has no folder ${folder}`);
  // Credentials in the URL are not for readers of answers.
  const label = url.replace(/\/\/[^/@]*@/, '//').replace(/\.git$/, '');
  yield* walk(wanted, folder ? `${label}/${folder.replace(/^\/+|\/+$/g, '')}` : label);
}
