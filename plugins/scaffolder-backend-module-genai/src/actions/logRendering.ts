import type { LoggerService } from '@backstage/backend-plugin-api';
import { summariseChanges, type FileChange } from './describeFileChange';

/** Something to know of what was rendered. */
interface Notice {
  severity: string;
  message: string;
}

/**
 * Tells the task log what became of the files and what to know of them.
 *
 * @param again - there was a rendering before, so its differences are told file by file
 */
export function logRendering(
  logger: Pick<LoggerService, 'info' | 'warn'>,
  changes: readonly FileChange[],
  again: boolean,
  notices: readonly Notice[],
): void {
  for (const line of describeChanges(changes, again)) logger.info(line);
  for (const { severity, message } of notices) {
    if (severity === 'Info') logger.info(message);
    else logger.warn(message);
  }
}

/** Lines for the task log: what was written, or what changes where there was a rendering before. */
function describeChanges(
  changes: readonly FileChange[],
  again: boolean,
): string[] {
  if (!again) {
    return changes.flatMap(({ path, change }) => {
      switch (change) {
        case 'NotRendered':
          return [];
        case 'Removed':
          return [`Removed ${path}`];
        default:
          return [`Wrote ${path}`];
      }
    });
  }
  const lines = changes.flatMap(({ path, change, diff = [] }) => {
    switch (change) {
      case 'Unchanged':
        return [];
      case 'NotRendered':
        return [
          `${path}: is not rendered any more; delete it if nobody uses it`,
        ];
      default:
        return [`${path}: ${change.toLowerCase()}`, ...diff];
    }
  });
  return [summariseChanges(changes), ...lines];
}
