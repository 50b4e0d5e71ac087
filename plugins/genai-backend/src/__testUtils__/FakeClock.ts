import type { Clock } from '../connections/Clock';

/** Lets everything that is ready to run do so, timers excepted. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise<void>(resolve => {
      setImmediate(resolve);
    });
  }
}

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now = Date.parse('2026-01-01T00:00:00.000Z');
  #sleepers: Array<{ at: number; ms: number; wake: () => void }> = [];

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      if (signal?.aborted) {
        resolve();
        return;
      }
      const sleeper = { at: this.#now + ms, ms, wake };
      const sleepers = () => this.#sleepers;
      const drop = () => {
        this.#sleepers = sleepers().filter(other => other !== sleeper);
      };
      function wake() {
        drop();
        signal?.removeEventListener('abort', wake);
        resolve();
      }
      this.#sleepers.push(sleeper);
      signal?.addEventListener('abort', wake, { once: true });
    });
  }

  /** Lengths of the sleeps under way, in milliseconds, shortest first. */
  get sleeping(): number[] {
    return this.#sleepers.map(sleeper => sleeper.ms).sort((a, b) => a - b);
  }

  /** Throws when something still sleeps: whatever was stopped must have let go of its timers. */
  assertIdle(): void {
    if (this.#sleepers.length > 0) {
      throw new Error(`Still sleeping: ${this.sleeping.join(', ')} ms`);
    }
  }

  /** Moves time on, waking each sleeper at its moment and letting it work before the next. */
  async advance(ms: number): Promise<void> {
    await settle();
    const end = this.#now + ms;
    for (;;) {
      const due = this.#sleepers
        .filter(sleeper => sleeper.at <= end)
        .sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.#now = Math.max(this.#now, due.at);
      due.wake();
      await settle();
    }
    this.#now = end;
    await settle();
  }
}
