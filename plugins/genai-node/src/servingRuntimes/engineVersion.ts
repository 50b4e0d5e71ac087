import { InputError } from '@backstage/errors';

/** Major and minor number of a release. */
export interface EngineVersion {
  major: number;
  minor: number;
}

/**
 * `v0.10.2`, `0.10`, `0.11.0rc1` as a version.
 *
 * @throws InputError when it is none
 */
export function parseEngineVersion(text: string): EngineVersion {
  const match = /^v?(\d{1,4})(?:\.(\d{1,4}))?(?:[.+-].*|[a-z].*)?$/i.exec(
    text.trim(),
  );
  if (!match) {
    throw new InputError(
      `engineVersion "${text.slice(0, 40)}" is no version: write it like 0.11.0`,
    );
  }
  return { major: Number(match[1]), minor: Number(match[2] ?? 0) };
}

/** Whether it is this release or a later one. No version is the release that the golden path pins, newer than all rules. */
export function isAtLeast(
  version: EngineVersion | undefined,
  major: number,
  minor: number,
): boolean {
  if (!version) return true;
  return (
    version.major > major || (version.major === major && version.minor >= minor)
  );
}
