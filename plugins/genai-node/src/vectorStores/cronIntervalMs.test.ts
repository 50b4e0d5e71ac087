import { cronIntervalMs } from './cronIntervalMs';

const HOUR = 3_600_000;

describe('cronIntervalMs', () => {
  it.each([
    ['0 0 2 * * *', 24 * HOUR],
    ['0 0 */6 * * *', 6 * HOUR],
    ['0 */15 * * * *', HOUR / 4],
    ['*/10 * * * * *', 10_000],
    ['0 0 0 * * 0', 7 * 24 * HOUR],
    ['0 0 0 * * SUN', 7 * 24 * HOUR],
    ['0 0 0 * * 7', 7 * 24 * HOUR],
    ['0 0 3 * * MON-FRI', 3 * 24 * HOUR],
    ['0 30 1,13 * * *', 12 * HOUR],
    ['0 0 0 1 * *', 31 * 24 * HOUR],
    ['0 0 0 1 JAN *', 365 * 24 * HOUR],
    // either a day of the month or a weekday
    ['0 0 0 1 * MON', 7 * 24 * HOUR],
    ['0 0 0 ? * *', 24 * HOUR],
    ['@daily', 24 * HOUR],
    ['@hourly', HOUR],
    ['@weekly', 7 * 24 * HOUR],
    ['@every 1h30m', 1.5 * HOUR],
  ])('reads %s', (expression, expected) => {
    expect(cronIntervalMs(expression)).toBe(expected);
  });

  it.each([
    // five fields are another cron: CloudNativePG refuses them
    '0 2 * * *',
    '',
    'whenever',
    '0 0 25 * * *',
    '0 0 0 31 2 *',
    '0 0 5-2 * * *',
    '0 0 */0 * * *',
    '0 0 0 * * FOO',
    '@every day',
  ])('knows no interval of "%s"', expression => {
    expect(cronIntervalMs(expression)).toBeUndefined();
  });
});
