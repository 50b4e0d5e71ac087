import type {
  ClusterStatus,
  Fault,
  FaultReason,
} from '@promptside/backstage-plugin-genai-common';
import { formatAge } from '../format/formatAge';
import { lackingResources } from './coverage';

/** What is wrong with the freshness of one cluster, for a person. */
export interface ClusterNotice {
  severity: 'info' | 'warning' | 'error';
  title: string;
  /** Why, one sentence each. */
  details: string[];
}

const REASONS: Record<FaultReason, string> = {
  Unauthorized: 'the cluster refuses the credentials of the portal',
  Forbidden: 'the account of the portal lacks the right',
  NotInstalled: 'the cluster does not have this API',
  Unreachable: 'the cluster does not answer',
  Timeout: 'the cluster takes too long to answer',
  InvalidResponse: 'the answer could not be understood',
  Unknown: 'the reason is not known',
};

const RESOURCE_STATES = {
  Live: 'live',
  Syncing: 'first list under way',
  Stale: 'last known state',
  Forbidden: REASONS.Forbidden,
  NotInstalled: REASONS.NotInstalled,
  Failed: 'could not be read',
} as const;

/** One sentence on a cluster that is not live, or nothing for one that is. */
export function describeCluster(
  cluster: ClusterStatus,
  now: Date = new Date(),
): ClusterNotice | undefined {
  const name = cluster.title ?? cluster.name;
  const age = formatAge(cluster.freshAt, now);
  const fault = cluster.fault ? [capitalise(describeFault(cluster.fault))] : [];
  const resources = describeResources(cluster);
  switch (cluster.state) {
    case 'Live':
      return undefined;
    case 'Syncing':
      return {
        severity: 'info',
        title: `${name} is being read for the first time`,
        details: fault,
      };
    case 'Stale':
      return {
        severity: 'warning',
        title: age
          ? `${name} has not been heard for ${age}: this is its last known state`
          : `${name} is no longer heard: this is its last known state`,
        details: [...fault, ...resources],
      };
    case 'Degraded':
      return {
        severity: 'warning',
        title: `${name} is only partly visible`,
        details: [...fault, ...resources],
      };
    default:
      return {
        severity: 'error',
        title: `${name} is not covered: nothing could be read from it`,
        // What fails for the whole cluster fails for each resource.
        details: fault.length > 0 ? fault : resources,
      };
  }
}

function describeFault(fault: Fault): string {
  const status = fault.statusCode ? ` (HTTP ${fault.statusCode})` : '';
  return `${REASONS[fault.reason]}${status}: ${fault.message}`;
}

/** Resources that lack for the same reason share a line. */
function describeResources(cluster: ClusterStatus): string[] {
  const byReason = new Map<string, string[]>();
  for (const { resource, state, fault } of lackingResources(cluster)) {
    const reason = fault ? describeFault(fault) : RESOURCE_STATES[state];
    byReason.set(reason, [...(byReason.get(reason) ?? []), resource]);
  }
  return [...byReason].map(
    ([reason, resources]) => `${resources.join(', ')}: ${reason}`,
  );
}

function capitalise(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
