import type { EventFact } from '../facts/Fact';
import { EventStore } from './EventStore';

function event(uid: string, object: string): EventFact {
  return {
    resource: 'events',
    uid,
    name: uid,
    namespace: 'x',
    involved: { kind: 'Pod', name: object, uid: object },
    type: 'Normal',
    reason: 'R',
    message: '',
    count: 1,
  };
}

const uids = (events: Iterable<EventFact>) => [...events].map(({ uid }) => uid);

describe('EventStore', () => {
  it('keeps the newest twenty of an object', () => {
    const store = new EventStore(() => true);
    for (let i = 0; i < 25; i++) store.put(event(`e${i}`, 'pod'));
    expect(store.size).toBe(20);
    expect(uids(store.of('pod'))[0]).toBe('e5');
  });

  it('replaces an event that happens again', () => {
    const store = new EventStore(() => true);
    store.put(event('e', 'pod'));
    store.put({ ...event('e', 'pod'), count: 2 });
    expect([...store.of('pod')]).toMatchObject([{ count: 2 }]);
  });

  it('does not let events of strangers push out those of ours', () => {
    const store = new EventStore(uid => uid === 'ours');
    store.put(event('mine', 'ours'));
    for (let i = 0; i < 3_000; i++) store.put(event(`s${i}`, `stranger${i}`));
    expect(uids(store.of('ours'))).toEqual(['mine']);
    expect(store.size).toBe(1_001);
    expect(uids(store.of('stranger0'))).toEqual([]);
    expect(uids(store.of('stranger2999'))).toEqual(['s2999']);
  });

  it('adopts what was said before the object was known', () => {
    const known = new Set<string>();
    const store = new EventStore(uid => known.has(uid));
    store.put(event('early', 'pod'));
    known.add('pod');
    store.adopt('pod');
    for (let i = 0; i < 2_000; i++) store.put(event(`s${i}`, `stranger${i}`));
    expect(uids(store.of('pod'))).toEqual(['early']);
  });

  it('is bounded for ours too', () => {
    const store = new EventStore(() => true);
    for (let i = 0; i < 10_050; i++) store.put(event(`e${i}`, `pod${i}`));
    expect(store.size).toBe(10_000);
    expect(store.get('e0')).toBeUndefined();
  });

  it('forgets what was said about an object that is gone', () => {
    const store = new EventStore(() => true);
    store.put(event('e', 'pod'));
    store.abandon('pod');
    store.delete('never-there');
    expect(store.size).toBe(0);
    expect(store.uids()).toEqual([]);
  });
});
