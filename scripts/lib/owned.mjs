import { rmSync } from 'node:fs';
import { constants } from 'node:os';

// Programs and folders that this process must not leave behind, however it ends.
const programs = new Map();
const folders = new Set();

process.on('exit', () => {
  // Nothing can be waited for any more: each gets the signal that it understands as "now".
  for (const [child, signal] of programs) child.kill(signal);
  for (const folder of folders) {
    try {
      // A server may write its last while its folder goes.
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    } catch {
      // It is in the folder for temporary files.
    }
  }
});

/** Ends a child with this process, by `signal`. */
export function own(child, signal = 'SIGKILL') {
  programs.set(child, signal);
  child.once('error', () => programs.delete(child));
  child.once('close', () => programs.delete(child));
  return child;
}

/** Removes a folder at the end of this process. */
export function ownFolder(path) {
  folders.add(path);
  return path;
}

const PARENT_EVERY_MS = 500;

/**
 * Ends this process, and what it owns, on a signal. Without a handler a signal skips everything that is owned.
 *
 * npm passes SIGTERM to the shell that runs a script, and not every shell passes it on: when the shell is gone, its script ends too.
 */
export function obeySignals() {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => process.exit(128 + constants.signals[signal]));
  }
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parent) process.exit(128 + constants.signals.SIGTERM);
  }, PARENT_EVERY_MS);
  watch.unref();
}
