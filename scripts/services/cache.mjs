import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder that outlives clones: `$XDG_CACHE_HOME/promptside/services` or `~/.cache/promptside/services`. */
export function cacheRoot() {
  return join(
    process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
    'promptside',
    'services',
  );
}

/** A short name for content that decides what a cached folder holds. */
export const fingerprint = (...parts) =>
  createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 16);

/** This machine cannot have something; the sentence says what and why. Counted as nothing. */
export class CannotRunError extends Error {}
