import type { EventFact } from '../facts/Fact';
import { MultiMap } from './MultiMap';

/** Events kept per object: a crash loop repeats itself, and the API server already folds repeats into a count. */
const PER_OBJECT = 20;
/** Events of objects that are ours. */
const KEPT = 10_000;
/**
 * Events whose object is not known (yet): lists of events and of pods arrive in any order, so some must wait. A busy
 * cluster has tens of thousands of events about pods that are none of ours; this bound keeps them out.
 */
const WAITING = 1_000;

/**
 * Bounded memory of events. Those of known objects outlive those of unknown ones; within a bound the oldest arrival goes
 * first.
 */
export class EventStore {
  readonly #isKnown: (uid: string) => boolean;
  readonly #kept = new Map<string, EventFact>();
  readonly #waiting = new Map<string, EventFact>();
  readonly #byObject = new MultiMap<EventFact>();

  constructor(isKnown: (uid: string) => boolean) {
    this.#isKnown = isKnown;
  }

  get size(): number {
    return this.#kept.size + this.#waiting.size;
  }

  get(uid: string): EventFact | undefined {
    return this.#kept.get(uid) ?? this.#waiting.get(uid);
  }

  uids(): string[] {
    return [...this.#kept.keys(), ...this.#waiting.keys()];
  }

  /** Events about one object. */
  of(objectUid: string): ReadonlySet<EventFact> {
    return this.#byObject.get(objectUid);
  }

  put(event: EventFact): void {
    this.delete(event.uid);
    const known = this.#isKnown(event.involved.uid);
    const home = known ? this.#kept : this.#waiting;
    home.set(event.uid, event);
    this.#byObject.add(event.involved.uid, event);
    const siblings = this.#byObject.get(event.involved.uid);
    if (siblings.size > PER_OBJECT) {
      const [oldest] = siblings;
      this.delete(oldest.uid);
    }
    this.#trim(this.#kept, KEPT);
    this.#trim(this.#waiting, WAITING);
  }

  delete(uid: string): void {
    const event = this.get(uid);
    if (!event) return;
    this.#kept.delete(uid);
    this.#waiting.delete(uid);
    this.#byObject.delete(event.involved.uid, event);
  }

  /** An object became known: its waiting events are kept from now on. */
  adopt(objectUid: string): void {
    for (const event of this.#byObject.get(objectUid)) {
      if (this.#waiting.delete(event.uid)) this.#kept.set(event.uid, event);
    }
  }

  /** An object is gone, and with it what was said about it. */
  abandon(objectUid: string): void {
    for (const event of [...this.#byObject.get(objectUid)]) {
      this.delete(event.uid);
    }
  }

  #trim(home: Map<string, EventFact>, bound: number): void {
    while (home.size > bound) {
      const [oldest] = home.keys();
      this.delete(oldest);
    }
  }
}
