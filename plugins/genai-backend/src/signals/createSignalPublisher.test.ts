import type { GenaiSignal } from '@promptside/backstage-plugin-genai-common';
import { FakeClock } from '../__testUtils__/FakeClock';
import { createSignalPublisher } from './createSignalPublisher';

describe('createSignalPublisher', () => {
  function setup() {
    const clock = new FakeClock();
    const sent: GenaiSignal[] = [];
    const stop = new AbortController();
    const state = { version: 1 };
    const publisher = createSignalPublisher({
      publish: async signal => {
        sent.push(signal);
      },
      windowMs: 150,
      clock,
      signal: stop.signal,
    });
    const changed = (cluster: string, ...topics: GenaiSignal['topics']) =>
      publisher.changed({ cluster, version: state.version, topics });
    return { clock, sent, stop, changed, state };
  }

  it('sends the first change at once', () => {
    const { changed, sent } = setup();
    changed('one', 'gpus');
    expect(sent).toEqual([{ cluster: 'one', version: 1, topics: ['gpus'] }]);
  });

  it('sends what follows together, with the version of that moment', async () => {
    const { changed, sent, clock, state } = setup();
    changed('one', 'gpus');
    state.version = 9;
    for (let i = 0; i < 1000; i += 1) {
      changed('one', i % 2 ? 'gpus' : 'model-servers');
    }
    expect(sent).toHaveLength(1);
    await clock.advance(150);
    expect(sent.slice(1)).toEqual([
      { cluster: 'one', version: 9, topics: ['gpus', 'model-servers'] },
    ]);
    await clock.advance(1000);
    expect(sent).toHaveLength(2);
    changed('one', 'gpus');
    expect(sent).toHaveLength(3);
  });

  it('keeps a steady pace under steady change', async () => {
    const { changed, sent, clock } = setup();
    for (let i = 0; i < 100; i += 1) {
      changed('one', 'gpus');
      await clock.advance(10);
    }
    expect(sent.length).toBeGreaterThan(5);
    expect(sent.length).toBeLessThan(9);
  });

  it('does not let one cluster delay another, and says nothing when nothing changed', () => {
    const { changed, sent } = setup();
    changed('one', 'gpus');
    changed('two', 'clusters');
    changed('three');
    expect(sent.map(signal => signal.cluster)).toEqual(['one', 'two']);
  });

  it('is silent after the end', async () => {
    const { changed, sent, clock, stop } = setup();
    changed('one', 'gpus');
    changed('one', 'gpus');
    stop.abort();
    await clock.advance(1000);
    changed('one', 'gpus');
    expect(sent).toHaveLength(1);
    expect(clock.sleeping).toEqual([]);
  });
});
