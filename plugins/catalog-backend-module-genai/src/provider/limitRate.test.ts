import { limitRate, processTimer } from './limitRate';

/** A clock that stands until it is told to go on. */
function createTimer() {
  let time = 0;
  let waiting: { at: number; callback: () => void }[] = [];
  return {
    now: () => time,
    after(ms: number, callback: () => void) {
      waiting.push({ at: time + ms, callback });
    },
    pass(ms: number) {
      time += ms;
      const due = waiting.filter(({ at }) => at <= time);
      waiting = waiting.filter(({ at }) => at > time);
      due.forEach(({ callback }) => callback());
    },
    waiting: () => waiting.length,
  };
}

describe('limitRate', () => {
  it('runs at once, and a burst once more at the end of the interval', () => {
    const timer = createTimer();
    const run = jest.fn();
    const ask = limitRate(run, 10_000, timer);
    ask();
    expect(run).toHaveBeenCalledTimes(1);
    timer.pass(4_000);
    for (let index = 0; index < 1_000; index++) ask();
    expect(timer.waiting()).toBe(1);
    timer.pass(5_999);
    expect(run).toHaveBeenCalledTimes(1);
    timer.pass(1);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('keeps the interval after a call that waited', () => {
    const timer = createTimer();
    const run = jest.fn();
    const ask = limitRate(run, 10_000, timer);
    ask();
    ask();
    timer.pass(10_000);
    ask();
    expect(run).toHaveBeenCalledTimes(2);
    timer.pass(10_000);
    expect(run).toHaveBeenCalledTimes(3);
    timer.pass(60_000);
    expect(run).toHaveBeenCalledTimes(3);
    ask();
    expect(run).toHaveBeenCalledTimes(4);
  });

  it('does not wait longer when the clock of the machine is set back', () => {
    const clock = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
    try {
      const before = processTimer.now();
      clock.mockReturnValue(0);
      expect(processTimer.now()).toBeGreaterThanOrEqual(before);
    } finally {
      clock.mockRestore();
    }
  });
});
