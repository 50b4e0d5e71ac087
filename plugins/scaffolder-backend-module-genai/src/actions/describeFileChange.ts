import { posix } from 'node:path';

/** What rendering again did to one file. */
export interface FileChange {
  /** Relative to the folder that is rendered into. */
  path: string;
  /** `Removed`: an earlier rendering made it. `NotRendered`: likewise, but somebody may use it, so that it stays. */
  change: 'Added' | 'Changed' | 'Unchanged' | 'Removed' | 'NotRendered';
  /** Lines taken away (`-`) and put in (`+`), with what stands around them; absent when unchanged. */
  diff?: string[];
}

/** Paths, from the workspace, of what an earlier rendering left and this one took away. */
export function removedOf(
  changes: readonly FileChange[],
  folder: string,
): string[] {
  return changes
    .filter(({ change }) => change === 'Removed')
    .map(({ path }) => posix.join(folder, path));
}

/** What becomes of all files, in one line. */
export function summariseChanges(changes: readonly FileChange[]): string {
  const count = (wanted: FileChange['change']) =>
    changes.filter(({ change }) => change === wanted).length;
  const parts = (['Added', 'Changed', 'Removed'] as const)
    .map(change => [change.toLowerCase(), count(change)] as const)
    .filter(([, number]) => number > 0)
    .map(([what, number]) => `${number} ${what}`);
  return parts.length > 0
    ? `Files: ${parts.join(', ')}, ${count('Unchanged')} as before`
    : 'Nothing changes';
}

/** Lines around a change that tell where it is. */
const CONTEXT = 2;

/** Beyond this the table of the comparison grows too large; manifests have a few hundred lines. */
const MAX_LINES = 2000;

/**
 * Compares a file's text before and after.
 *
 * @param before - undefined when there was no file
 */
export function describeFileChange(
  path: string,
  before: string | undefined,
  after: string,
): FileChange {
  if (before === undefined) return { path, change: 'Added' };
  if (before === after) return { path, change: 'Unchanged' };
  return {
    path,
    change: 'Changed',
    diff: aroundChanges(diffLines(before.split('\n'), after.split('\n'))),
  };
}

/** Every line with its mark: two blanks, `- ` or `+ `. By the longest common subsequence. */
function diffLines(before: string[], after: string[]): string[] {
  if (before.length > MAX_LINES || after.length > MAX_LINES) {
    return [`- ${before.length} lines`, `+ ${after.length} lines`];
  }
  const width = after.length + 1;
  const common = new Uint16Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      common[i * width + j] =
        before[i] === after[j]
          ? common[(i + 1) * width + j + 1] + 1
          : Math.max(common[(i + 1) * width + j], common[i * width + j + 1]);
    }
  }
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push(`  ${before[i]}`);
      i += 1;
      j += 1;
    } else if (
      j === after.length ||
      (i < before.length &&
        common[(i + 1) * width + j] >= common[i * width + j + 1])
    ) {
      lines.push(`- ${before[i]}`);
      i += 1;
    } else {
      lines.push(`+ ${after[j]}`);
      j += 1;
    }
  }
  return lines;
}

function aroundChanges(lines: string[]): string[] {
  const kept = lines.map((_, index) =>
    lines
      .slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1)
      .some(line => !line.startsWith('  ')),
  );
  return lines.flatMap((line, index) => {
    if (kept[index]) return [line];
    return index > 0 && kept[index - 1] ? ['  …'] : [];
  });
}
