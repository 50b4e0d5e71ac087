import { expired } from './ApiStatusError';
import { KubeObject, StoreEvent } from './ObjectStore';

/** One remembered change of a table. */
export interface Change {
  version: number;
  event: StoreEvent;
}

/** How many changes of one resource a watch can resume from. */
const REMEMBERED = 5_000;

/** Key of an object inside its table; sorts as etcd does. */
export function tableKey(namespace: string | undefined, name: string): string {
  return namespace ? `${namespace}/${name}` : name;
}

function keyOf({ metadata }: KubeObject): string {
  return tableKey(metadata.namespace, metadata.name);
}

/**
 * The objects of one resource, ordered, with the changes of the recent past, so that an old list can be continued and a
 * watch resumed.
 */
export class Table {
  private readonly objects = new Map<string, KubeObject>();
  private keys: string[] = [];
  private unsorted = false;
  private changes: Change[] = [];
  private firstChange = 0;
  private readonly listeners = new Set<(change: Change) => void>();
  private readonly endListeners = new Set<() => void>();

  /** @param forgottenUpTo - changes up to this version are not remembered. */
  constructor(private forgottenUpTo: number) {}

  get(key: string): KubeObject | undefined {
    return this.objects.get(key);
  }

  get size(): number {
    return this.objects.size;
  }

  private sortedKeys(): string[] {
    if (this.unsorted) {
      this.keys = [...this.objects.keys()].sort();
      this.unsorted = false;
    }
    return this.keys;
  }

  /** Position of the first key that is not smaller. */
  private lowerBound(keys: string[], key: string): number {
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** The objects in order, of one namespace or of all. */
  list(namespace?: string): KubeObject[] {
    const keys = this.sortedKeys();
    // '0' is the character after '/'.
    const [from, to] = namespace
      ? [
          this.lowerBound(keys, `${namespace}/`),
          this.lowerBound(keys, `${namespace}0`),
        ]
      : [0, keys.length];
    const result = new Array<KubeObject>(to - from);
    for (let index = from; index < to; index++) {
      result[index - from] = this.objects.get(keys[index])!;
    }
    return result;
  }

  /** The objects as they were at a version. Throws 410 when that is too long ago. */
  listAt(version: number, namespace?: string): KubeObject[] {
    if (version < this.forgottenUpTo) {
      throw expired(
        'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.',
      );
    }
    const since = this.changesAfter(version);
    if (since.length === 0) {
      return this.list(namespace);
    }
    const past = new Map<string, KubeObject | undefined>();
    for (const { event } of since) {
      const key = keyOf(event.object);
      if (!past.has(key)) {
        past.set(key, event.type === 'ADDED' ? undefined : event.previous);
      }
    }
    const result = this.list(namespace).filter(
      object => !past.has(keyOf(object)),
    );
    for (const object of past.values()) {
      if (object && (!namespace || object.metadata.namespace === namespace)) {
        result.push(object);
      }
    }
    return result.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  }

  /** Puts an object in without telling anybody: for what was there before the server started. */
  load(object: KubeObject) {
    this.objects.set(keyOf(object), object);
    this.unsorted = true;
  }

  /** Forgets the past up to a version. */
  forget(version: number) {
    this.forgottenUpTo = Math.max(this.forgottenUpTo, version);
  }

  /** Makes a change, remembers it and tells the listeners. */
  apply(change: Change) {
    const { type, object } = change.event;
    const key = keyOf(object);
    if (type === 'DELETED') {
      this.objects.delete(key);
      const keys = this.sortedKeys();
      const index = this.lowerBound(keys, key);
      if (keys[index] === key) {
        keys.splice(index, 1);
      }
    } else {
      if (type === 'ADDED' && !this.unsorted) {
        const last = this.keys[this.keys.length - 1];
        if (last === undefined || last < key) {
          this.keys.push(key);
        } else {
          this.unsorted = true;
        }
      }
      this.objects.set(key, object);
    }
    this.remember(change);
  }

  /** Calls the listeners of a change. */
  announce(change: Change) {
    for (const listener of this.listeners) {
      listener(change);
    }
  }

  private remember(change: Change) {
    this.changes.push(change);
    if (this.changes.length - this.firstChange > REMEMBERED) {
      this.forgottenUpTo = this.changes[this.firstChange].version;
      this.firstChange += 1;
      if (this.firstChange > REMEMBERED) {
        this.changes = this.changes.slice(this.firstChange);
        this.firstChange = 0;
      }
    }
  }

  /** Whether all changes after a version are remembered. */
  remembers(version: number): boolean {
    return version >= this.forgottenUpTo;
  }

  /** The changes after a version, oldest first. */
  changesAfter(version: number): Change[] {
    let low = this.firstChange;
    let high = this.changes.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.changes[middle].version <= version) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return this.changes.slice(low);
  }

  /** Calls for every further change; returns the way to stop. */
  follow(listener: (change: Change) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Calls once when the table is given up; returns the way not to be called. */
  onEnd(listener: () => void): () => void {
    this.endListeners.add(listener);
    return () => this.endListeners.delete(listener);
  }

  /** Gives the table up. */
  end() {
    this.endListeners.forEach(listener => listener());
    this.endListeners.clear();
    this.listeners.clear();
  }
}
