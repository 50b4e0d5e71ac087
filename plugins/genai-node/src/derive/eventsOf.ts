import type { Evidence } from '@promptside/backstage-plugin-genai-common';
import type { EventFact, WorkloadFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';

/** As many as a page shows. */
const EVENT_LIMIT = 50;

/** Events about a workload, what it controls and its pods, newest first. */
export function eventsOf(
  state: ClusterState,
  workload: WorkloadFact,
): Evidence[] {
  const uids = [workload.uid];
  for (let index = 0; index < uids.length; index++) {
    for (const child of state.children(uids[index])) uids.push(child.uid);
  }
  uids.push(...state.podsOf(workload.uid).map(({ uid }) => uid));
  return uids
    .flatMap(uid => [...state.eventsOf(uid)])
    .sort((left, right) => ((left.at ?? '') > (right.at ?? '') ? -1 : 1))
    .slice(0, EVENT_LIMIT)
    .map(toEvidence);
}

function toEvidence(event: EventFact): Evidence {
  return {
    kind: event.involved.kind,
    name: event.involved.name,
    reason: event.reason,
    message: event.message,
    ...(event.at ? { at: event.at } : {}),
    count: event.count,
  };
}
