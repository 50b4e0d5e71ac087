const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * How long ago something was, in one rounded-down unit: `12 s`, `5 min`, `3 h`, `12 d`. A time in the future (clocks of
 * cluster and browser differ) counts as now. Absent or unreadable stays absent.
 *
 * @param at - ISO 8601 or a Date
 * @public
 */
export function formatAge(
  at: string | Date | undefined,
  now: Date = new Date(),
): string | undefined {
  if (at === undefined) return undefined;
  const seconds = Math.floor((now.getTime() - new Date(at).getTime()) / 1000);
  if (Number.isNaN(seconds)) return undefined;
  if (seconds < MINUTE) return `${Math.max(0, seconds)} s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)} min`;
  if (seconds < 2 * DAY) return `${Math.floor(seconds / HOUR)} h`;
  return `${Math.floor(seconds / DAY)} d`;
}
