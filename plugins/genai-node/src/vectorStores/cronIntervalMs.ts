const DAY_MS = 86_400_000;
/** Two years hold every weekday, month end and a leap day somewhere; schedules repeat within them. */
const DAYS = 731;
const START = Date.UTC(2027, 0, 1);

const SHORTHANDS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 0 1 1 *',
  '@annually': '0 0 0 1 1 *',
  '@monthly': '0 0 0 1 * *',
  '@weekly': '0 0 0 * * 0',
  '@daily': '0 0 0 * * *',
  '@midnight': '0 0 0 * * *',
  '@hourly': '0 0 * * * *',
};

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const WEEKDAYS = 'sun mon tue wed thu fri sat'.split(' ');
const UNITS: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
};

/**
 * Longest time between two runs of a cron expression of six fields, seconds first, as CloudNativePG takes them (robfig/cron).
 * `undefined` for an expression that is none or never runs.
 *
 * @public
 */
export function cronIntervalMs(expression: string): number | undefined {
  const text = expression.trim().toLocaleLowerCase('en-US');
  const every = /^@every\s+(.+)$/.exec(text);
  if (every) return parseDuration(every[1]);
  const fields = (SHORTHANDS[text] ?? text).split(/\s+/);
  if (fields.length !== 6) return undefined;
  const [seconds, minutes, hours, days, months, weekdays] = [
    parseField(fields[0], 0, 59),
    parseField(fields[1], 0, 59),
    parseField(fields[2], 0, 23),
    parseField(fields[3], 1, 31),
    parseField(fields[4], 1, 12, MONTHS, 1),
    parseField(fields[5], 0, 7, WEEKDAYS, 0),
  ];
  if (!seconds || !minutes || !hours || !days || !months || !weekdays) {
    return undefined;
  }
  const times = timesOfDay(hours, minutes, seconds);
  const isAny = (field: string) => field.startsWith('*') || field === '?';
  const runsOn = (at: number) => {
    const date = new Date(at);
    if (!months.has(date.getUTCMonth() + 1)) return false;
    const byDay = days.has(date.getUTCDate());
    const weekday = date.getUTCDay();
    const byWeekday =
      weekdays.has(weekday) || (weekday === 0 && weekdays.has(7));
    // Where both fields are restricted, cron takes a day that matches either.
    return isAny(fields[3]) || isAny(fields[5])
      ? byDay && byWeekday
      : byDay || byWeekday;
  };
  return longestGap(runsOn, times);
}

function parseDuration(text: string): number | undefined {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|m|s)/g)];
  if (parts.length === 0 || parts.map(([all]) => all).join('') !== text) {
    return undefined;
  }
  return parts.reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * UNITS[unit],
    0,
  );
}

function parseField(
  field: string,
  min: number,
  max: number,
  names: readonly string[] = [],
  firstName = 0,
): Set<number> | undefined {
  const values = new Set<number>();
  const numberOf = (word: string) => {
    const index = names.indexOf(word);
    return index < 0 ? Number(word) : index + firstName;
  };
  for (const part of field.split(',')) {
    const match = /^(\*|\?|[a-z\d]+)(?:-([a-z\d]+))?(?:\/(\d+))?$/.exec(part);
    if (!match) return undefined;
    const [, from, to, step] = match;
    const any = from === '*' || from === '?';
    const low = any ? min : numberOf(from);
    const single = to === undefined && step === undefined;
    let high = any || !single ? max : low;
    if (to !== undefined) high = numberOf(to);
    const stride = step === undefined ? 1 : Number(step);
    const sound = low >= min && high <= max && low <= high && stride > 0;
    if (!sound) return undefined;
    for (let value = low; value <= high; value += stride) values.add(value);
  }
  return values;
}

/** First and last run of a day, and the longest time between two of the same day, in milliseconds. */
function timesOfDay(
  hours: Set<number>,
  minutes: Set<number>,
  seconds: Set<number>,
) {
  const sorted = (values: Set<number>) => [...values].sort((a, b) => a - b);
  const times = sorted(hours).flatMap(hour =>
    sorted(minutes).flatMap(minute =>
      sorted(seconds).map(
        second => ((hour * 60 + minute) * 60 + second) * 1000,
      ),
    ),
  );
  let inner = 0;
  for (let index = 1; index < times.length; index++) {
    inner = Math.max(inner, times[index] - times[index - 1]);
  }
  return { first: times[0], last: times[times.length - 1], inner };
}

function longestGap(
  runsOn: (at: number) => boolean,
  times: { first: number; last: number; inner: number },
): number | undefined {
  let longest = times.inner;
  let before: number | undefined;
  for (let day = 0; day < DAYS; day++) {
    const at = START + day * DAY_MS;
    if (!runsOn(at)) continue;
    if (before !== undefined) {
      longest = Math.max(longest, at + times.first - (before + times.last));
    }
    before = at;
  }
  return longest > 0 ? longest : undefined;
}
