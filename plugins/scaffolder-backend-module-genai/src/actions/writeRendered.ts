import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import {
  isRendered,
  RENDERED_FOLDERS,
  type RenderedFile,
} from '@promptside/backstage-plugin-genai-node';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { describeFileChange, type FileChange } from './describeFileChange';

/** What people copy for other clusters: told of, never taken away. */
const OVERLAYS = 'overlays';

/** No such file or folder is an answer, anything else is a fault. */
const absent = (error: NodeJS.ErrnoException): undefined => {
  if (error.code === 'ENOENT') return undefined;
  throw error;
};

/**
 * Writes what was rendered over what is there, and takes away what an earlier rendering left. Files without the mark of rendering
 * are somebody's own and stay.
 *
 * @param folder - absolute; no path leaves it
 * @returns what became of each file
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
  for (const root of [...RENDERED_FOLDERS, OVERLAYS]) {
    for (const path of await filesBelow(folder, root)) {
      if (rendered.has(path)) continue;
      const file = resolveSafeChildPath(folder, path);
      if (!isRendered(await readFile(file, 'utf8'))) continue;
      if (root === OVERLAYS) {
        changes.push({ path, change: 'NotRendered' });
      } else {
        await rm(file);
        changes.push({ path, change: 'Removed' });
      }
    }
  }
  return changes;
}

/** Paths of the files in a folder and the folders in it, sorted. Links are not followed. */
async function filesBelow(home: string, folder: string): Promise<string[]> {
  const entries = await readdir(resolveSafeChildPath(home, folder), {
    withFileTypes: true,
  }).catch(absent);
  const found = await Promise.all(
    (entries ?? []).map(entry => {
      const path = posix.join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(home, path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return found.flat().sort();
}
