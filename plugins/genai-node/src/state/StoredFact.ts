import type { EventFact, Fact } from '../facts/Fact';

/** Facts that stand for an object as long as it lives; events have a store of their own. */
export type StoredFact = Exclude<Fact, EventFact>;
