import { signalApiRef, type SignalApi } from '@backstage/plugin-signals-react';
import { TestApiProvider } from '@backstage/test-utils';
import { act, renderHook } from '@testing-library/react';
import type { PropsWithChildren } from 'react';
import { useLiveResource } from './useLiveResource';

type Listener = Parameters<SignalApi['subscribe']>[1];
type Message = Parameters<Listener>[0];

class FakeSignals implements SignalApi {
  readonly listeners = new Set<Listener>();

  subscribe: SignalApi['subscribe'] = (_channel, onMessage) => {
    const listener = onMessage as Listener;
    this.listeners.add(listener);
    return { unsubscribe: () => this.listeners.delete(listener) };
  };

  publish(message: Message) {
    this.listeners.forEach(listener => listener(message));
  }
}

function setup<T>(
  fetcher: (key: string, signal: AbortSignal) => Promise<T>,
  options: { keepPrevious?: boolean; signals?: FakeSignals } = {},
) {
  const { signals, keepPrevious } = options;
  const apis = signals ? [[signalApiRef, signals] as const] : [];
  const wrapper = ({ children }: PropsWithChildren<{}>) => (
    <TestApiProvider apis={apis}>{children}</TestApiProvider>
  );
  return renderHook(
    ({ query }: { query: string }) =>
      useLiveResource(signal => fetcher(query, signal), [query], {
        topics: ['gpus'],
        keepPrevious,
      }),
    { wrapper, initialProps: { query: 'a' } },
  );
}

const advance = (ms: number) =>
  act(async () => {
    await jest.advanceTimersByTimeAsync(ms);
  });

function setVisibility(state: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', {
    value: state,
    configurable: true,
  });
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('useLiveResource', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    setVisibility('visible');
  });
  afterEach(() => jest.useRealTimers());

  it('reads at once and again at every poll', async () => {
    const fetcher = jest.fn(async () => 'one');
    const { result } = setup(fetcher);
    expect(result.current).toMatchObject({ loading: true });
    expect(result.current.value).toBeUndefined();

    await advance(0);
    expect(result.current).toMatchObject({ value: 'one', loading: false });
    expect(result.current.refreshedAt).toBeInstanceOf(Date);

    fetcher.mockResolvedValue('two');
    await advance(15_000);
    expect(result.current.value).toBe('two');
  });

  it('keeps the last good value beside the error and drops the error when it recovers', async () => {
    const fetcher = jest.fn(async () => 'good');
    const { result } = setup(fetcher);
    await advance(0);

    fetcher.mockRejectedValueOnce(new Error('gone'));
    await advance(15_000);
    expect(result.current.value).toBe('good');
    expect(result.current.error?.message).toBe('gone');

    await advance(15_000);
    expect(result.current.error).toBeUndefined();
  });

  it('asks again within half a second of a signal about its topic, and only then', async () => {
    const signals = new FakeSignals();
    const fetcher = jest.fn(async () => 'v');
    setup(fetcher, { signals });
    await advance(1000);
    expect(fetcher).toHaveBeenCalledTimes(1);

    signals.publish({ cluster: 'c', version: 1, topics: ['vector-stores'] });
    signals.publish({ unreadable: true });
    await advance(1000);
    expect(fetcher).toHaveBeenCalledTimes(1);

    signals.publish({ cluster: 'c', version: 2, topics: ['clusters', 'gpus'] });
    await advance(500);
    expect(fetcher).toHaveBeenCalledTimes(2);
  });

  it('turns a burst of signals into one request now and one afterwards', async () => {
    const signals = new FakeSignals();
    let answer: (value: string) => void = () => {};
    const fetcher = jest.fn(
      () =>
        new Promise<string>(resolve => {
          answer = resolve;
        }),
    );
    const { result } = setup(fetcher, { signals });
    for (let version = 0; version < 20; version++) {
      signals.publish({ cluster: 'c', version, topics: ['gpus'] });
      await advance(50);
    }
    expect(fetcher).toHaveBeenCalledTimes(1);

    answer('first');
    await advance(0);
    expect(result.current.value).toBe('first');
    expect(fetcher).toHaveBeenCalledTimes(2);
    answer('second');
    await advance(5000);
    expect(result.current.value).toBe('second');
    expect(fetcher).toHaveBeenCalledTimes(2);
  });

  it('is silent in a hidden tab and catches up when the tab is shown', async () => {
    const signals = new FakeSignals();
    const fetcher = jest.fn(async () => 'v');
    setup(fetcher, { signals });
    await advance(0);

    setVisibility('hidden');
    signals.publish({ cluster: 'c', version: 1, topics: ['gpus'] });
    await advance(300_000);
    expect(fetcher).toHaveBeenCalledTimes(1);

    setVisibility('visible');
    await advance(500);
    expect(fetcher).toHaveBeenCalledTimes(2);
  });

  it('aborts the old question and never shows its answer for the new one', async () => {
    const aborted: string[] = [];
    const answers = new Map<string, (value: string) => void>();
    const fetcher = (query: string, signal: AbortSignal) =>
      new Promise<string>(resolve => {
        answers.set(query, resolve);
        signal.addEventListener('abort', () => aborted.push(query));
      });
    const { result, rerender } = setup(fetcher);
    rerender({ query: 'b' });
    expect(aborted).toEqual(['a']);

    answers.get('a')!('answer to a');
    answers.get('b')!('answer to b');
    await advance(0);
    expect(result.current.value).toBe('answer to b');

    rerender({ query: 'c' });
    expect(result.current).toMatchObject({ value: undefined, loading: true });
  });

  it('marks the old value as previous when asked to keep it', async () => {
    const fetcher = jest.fn(async (query: string) => query);
    const { result, rerender } = setup(fetcher, { keepPrevious: true });
    await advance(0);
    rerender({ query: 'b' });
    expect(result.current).toMatchObject({ value: 'a', isPrevious: true });
    await advance(0);
    expect(result.current).toMatchObject({ value: 'b', isPrevious: false });
  });

  it('gives up on a request that hangs and says so', async () => {
    const { result } = setup(
      (_query, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(new Error('aborted')));
        }),
    );
    await advance(30_000);
    expect(result.current.error?.name).toBe('TimeoutError');
    expect(result.current.loading).toBe(false);
  });

  it('stops with the page', async () => {
    const signals = new FakeSignals();
    const fetcher = jest.fn(async () => 'v');
    const { unmount } = setup(fetcher, { signals });
    await advance(0);
    unmount();
    expect(signals.listeners.size).toBe(0);
    await advance(300_000);
    expect(fetcher).toHaveBeenCalledTimes(1);
  });
});
