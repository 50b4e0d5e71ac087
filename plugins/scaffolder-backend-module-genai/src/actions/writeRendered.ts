import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import type { RenderedFile } from '@promptside/backstage-plugin-genai-node';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { describeFileChange, type FileChange } from './describeFileChange';

/** Folder of which every file is rendered. */
const BASE = 'base';

/** No such file or folder is an answer, anything else is a fault. */
const absent = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};

/**
 * Writes what was rendered over what is there.
 *
 * @param folder - absolute; no path leaves it
 * @returns what changed, and files in the base that an earlier rendering left there and nothing refers to any more
 */
export async function writeRendered(
  folder: string,
  files: readonly RenderedFile[],
): Promise<FileChange[]> {
  const changes: FileChange[] = [];
  for (const { path, content } of files) {
    const file = resolveSafeChildPath(folder, path);
    const before = await readFile(file, 'utf8').catch(absent);
    changes.push(describeFileChange(path, before, content));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  const rendered = new Set(files.map(({ path }) => path));
  const base = resolveSafeChildPath(folder, BASE);
  const found = (await readdir(base).catch(absent)) ?? [];
  return [
    ...changes,
    ...found
      .map(name => `${BASE}/${name}`)
      .filter(path => !rendered.has(path))
      .sort()
      .map((path): FileChange => ({ path, change: 'NotRendered' })),
  ];
}
