import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import type { KubernetesObjectLike, RenderedFile } from '../src';

/** Where the lane put the programs; absent where this machine has none, which the lane says. */
export const KUBECTL = process.env.PROMPTSIDE_KUBECTL;
export const HELM = process.env.PROMPTSIDE_HELM;

/** What a program said, and how it ended. */
export interface ProgramAnswer {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs a program to its end; a failure is an answer. */
export async function runProgram(
  program: string,
  args: readonly string[],
): Promise<ProgramAnswer> {
  try {
    return { code: 0, ...(await promisify(execFile)(program, [...args])) };
  } catch (error) {
    const { code, stdout, stderr } = error as ProgramAnswer;
    if (typeof code !== 'number') throw error;
    return { code, stdout, stderr };
  }
}

/** Lays files into a folder of their own while something works with them. */
export async function inFolder<T>(
  files: readonly RenderedFile[],
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'promptside-render-'));
  try {
    for (const file of files) {
      const path = join(folder, file.path);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, file.content);
    }
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Objects in a stream of documents. */
export function objectsIn(yamlText: string): KubernetesObjectLike[] {
  return parseAllDocuments(yamlText)
    .map(document => document.toJS() as KubernetesObjectLike | null)
    .filter(object => object !== null);
}

/** In an order that does not depend on who made them. */
export function inOrder<T extends KubernetesObjectLike>(
  objects: readonly T[],
): T[] {
  const keyOf = ({ kind, metadata }: T) => `${kind}/${metadata.name}`;
  return [...objects].sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}
