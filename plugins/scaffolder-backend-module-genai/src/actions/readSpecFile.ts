import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { readFile, stat } from 'node:fs/promises';
import { posix } from 'node:path';

/**
 * Path of a spec in the workspace: the one that is given, or that of the file in the folder that is given.
 *
 * @param name - of the file in a folder, e.g. `inference.yaml`
 */
export async function findSpecFile(
  workspacePath: string,
  path: string,
  name: string,
): Promise<string> {
  const info = await stat(resolveSafeChildPath(workspacePath, path)).catch(
    () => undefined,
  );
  return info?.isDirectory() ? posix.join(path, name) : path;
}

/**
 * Text of a spec in the workspace that is rendered again.
 *
 * @param others - inputs beside the path; the file says all, so each one that has a value is refused
 * @throws InputError that names the field: one of the others, or `specPath` where there is no such file
 */
export async function readSpecFile(
  workspacePath: string,
  path: string,
  others: Readonly<Record<string, unknown>>,
): Promise<string> {
  const given = Object.keys(others).find(key => others[key] !== undefined);
  if (given) {
    throw new InputError(
      `${given}: edit it in ${path}; specPath goes without other values`,
    );
  }
  return readFile(resolveSafeChildPath(workspacePath, path), 'utf8').catch(
    () => {
      throw new InputError(
        `specPath: "${path}" does not exist in the workspace`,
      );
    },
  );
}
