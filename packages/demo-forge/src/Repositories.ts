import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** A repository by its two names. */
export interface RepositoryRef {
  owner: string;
  name: string;
}

/** A file or folder of a commit. */
export interface TreeEntry {
  type: 'blob' | 'tree';
  name: string;
}

/** One line of a history. */
export interface CommitSummary {
  sha: string;
  author: string;
  /** ISO 8601 */
  at: string;
  subject: string;
}

// The strictest common part of what git hosts allow: no dot in front, no separator, so that no name can leave its folder.
const NAME = /^[a-z0-9](?:[a-z0-9_-]|\.(?!\.|git$)){0,98}$/i;

/** True for a name that may become a folder. */
export const isValidName = (name: string): boolean => NAME.test(name);

// A branch, a tag or a commit; never an option (leading dash) and never a range.
const REVISION = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;

const OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024;

/** Runs git with arguments as an array, never through a shell. */
function git(
  args: readonly string[],
  cwd?: string,
): Promise<{ code: number; stdout: Buffer }> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd,
      stdio: ['ignore', 'pipe', 'ignore'],
      env: {
        ...process.env,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_TERMINAL_PROMPT: '0',
      },
    });
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > OUTPUT_LIMIT_BYTES) child.kill();
      else chunks.push(chunk);
    });
    child.on('error', reject);
    child.on('close', code =>
      resolve({ code: code ?? 1, stdout: Buffer.concat(chunks) }),
    );
  });
}

/** Bare repositories in `<root>/<owner>/<name>.git`. */
export class Repositories {
  readonly #root: string;
  readonly #owners: ReadonlySet<string>;

  constructor(root: string, owners: readonly string[]) {
    this.#root = root;
    this.#owners = new Set(owners);
    mkdirSync(root, { recursive: true });
  }

  hasOwner(owner: string): boolean {
    return this.#owners.has(owner);
  }

  owners(): string[] {
    return [...this.#owners];
  }

  list(owner: string): string[] {
    const folder = join(this.#root, owner);
    if (!this.hasOwner(owner) || !existsSync(folder)) return [];
    return readdirSync(folder)
      .filter(name => name.endsWith('.git'))
      .map(name => name.slice(0, -4))
      .sort();
  }

  /** Folder of an existing repository; undefined for names that are wrong or unknown. */
  find({ owner, name }: RepositoryRef): string | undefined {
    if (!this.hasOwner(owner) || !isValidName(name)) return undefined;
    const folder = join(this.#root, owner, `${name}.git`);
    return existsSync(folder) ? folder : undefined;
  }

  /** @returns false when it exists already */
  async create({ owner, name }: RepositoryRef): Promise<boolean> {
    if (this.find({ owner, name })) return false;
    const folder = join(this.#root, owner, `${name}.git`);
    const { code } = await git([
      'init',
      '--quiet',
      '--bare',
      '-b',
      'main',
      folder,
    ]);
    if (code !== 0) {
      rmSync(folder, { recursive: true, force: true });
      throw new Error(`git init of ${owner}/${name} ended with ${code}`);
    }
    return true;
  }

  /** Commit that a branch, tag or commit stands for. */
  async resolve(folder: string, revision: string): Promise<string | undefined> {
    if (!REVISION.test(revision) || revision.includes('..')) return undefined;
    const { code, stdout } = await git(
      ['rev-parse', '--quiet', '--verify', `${revision}^{commit}`],
      folder,
    );
    return code === 0 ? stdout.toString().trim() : undefined;
  }

  async readFile(
    folder: string,
    sha: string,
    path: string,
  ): Promise<Buffer | undefined> {
    const { code, stdout } = await git(
      ['cat-file', 'blob', `${sha}:${path}`],
      folder,
    );
    return code === 0 ? stdout : undefined;
  }

  async listTree(
    folder: string,
    sha: string,
    path: string,
  ): Promise<TreeEntry[] | undefined> {
    const { code, stdout } = await git(
      ['ls-tree', '-z', path ? `${sha}:${path}` : sha],
      folder,
    );
    if (code !== 0) return undefined;
    return stdout
      .toString()
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const [meta, name] = line.split('\t');
        return { type: meta.split(' ')[1] as TreeEntry['type'], name };
      })
      .sort(
        (a, b) => b.type.localeCompare(a.type) || a.name.localeCompare(b.name),
      );
  }

  async log(
    folder: string,
    sha: string,
    count: number,
  ): Promise<CommitSummary[]> {
    const { stdout } = await git(
      ['log', `-${count}`, '-z', '--format=%H%x1f%an%x1f%aI%x1f%s', sha],
      folder,
    );
    return stdout
      .toString()
      .split('\0')
      .filter(Boolean)
      .map(line => {
        const [hash, author, at, subject] = line.split('\x1f');
        return { sha: hash, author, at, subject };
      });
  }

  async archive(
    folder: string,
    sha: string,
    prefix: string,
  ): Promise<Buffer | undefined> {
    const { code, stdout } = await git(
      ['archive', '--format=tar.gz', `--prefix=${prefix}/`, sha],
      folder,
    );
    return code === 0 ? stdout : undefined;
  }
}
