import type {
  Evidence,
  ModelServerDetail,
} from '@promptside/backstage-plugin-genai-common';

/**
 * What the cluster said of a server: the observations behind its state, and events. Those without a time hold now and stand
 * first, the others newest first; what is both evidence and event is told once.
 */
export function timelineOf({ item, events }: ModelServerDetail): Evidence[] {
  const all = [...item.evidence, ...events];
  const told = new Map<string, Evidence>();
  for (const entry of all) {
    const { name, reason, message } = entry;
    const key = JSON.stringify([name, reason, message]);
    const known = told.get(key);
    // The event knows when; the observation may not.
    if (!known || (!known.at && entry.at)) told.set(key, entry);
  }
  return [...told.values()].sort((a, b) => timeOf(b) - timeOf(a));
}

function timeOf({ at }: Evidence): number {
  const time = at === undefined ? Number.NaN : Date.parse(at);
  return Number.isNaN(time) ? Number.MAX_SAFE_INTEGER : time;
}
