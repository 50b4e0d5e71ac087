import { createHash } from 'node:crypto';
import type { WorkloadFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import { resolveClaim } from './ownerChain';

/** What makes a running model server the same one after a restart, a rollout or a recreation. */
export interface DiscoveredServer {
  cluster: string;
  namespace: string;
  kind: string;
  name: string;
}

/** Longest name of an entity. */
const NAME_LENGTH = 63;
const HASH_LENGTH = 8;

/**
 * Name of the catalog entity of a model server or vector store that names none itself: the server's name with a hash of where it runs. The
 * hash is always there, so that a second server of the same name elsewhere neither collides nor renames the first. Valid for
 * any text, also for one that no API server would take as a name.
 *
 * @public
 */
export function discoveredEntityName(server: DiscoveredServer): string {
  const { cluster, namespace, kind, name } = server;
  const hash = createHash('sha256')
    .update(JSON.stringify([cluster, namespace, kind, name]))
    .digest('hex')
    .slice(0, HASH_LENGTH);
  const base = name
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, NAME_LENGTH - HASH_LENGTH - 1)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return base ? `${base}-${hash}` : hash;
}

/**
 * Full ref of that entity.
 *
 * @param kind - of the entity: a model server is a Component, a vector store a Resource
 * @public
 */
export function discoveredEntityRef(
  server: DiscoveredServer,
  kind: 'component' | 'resource' = 'component',
): string {
  return `${kind}:default/${discoveredEntityName(server)}`;
}

/**
 * Whether a question for an entity means this server, which no other entity claims: neither by ref nor by the label
 * `backstage.io/kubernetes-id`.
 *
 * @param entityRef - full ref as asked for
 */
export function isDiscoveredAs(
  state: ClusterState,
  server: WorkloadFact,
  entityRef: string | undefined,
): boolean {
  const { namespace, kind, name } = server;
  // A cheap look before the claim and the hash: of thousands of servers few begin like this.
  const begin = `component:default/${name.slice(0, 16)}`;
  const ref = entityRef?.toLocaleLowerCase('en-US');
  if (!ref?.startsWith(begin)) return false;
  if (
    ref !== discoveredEntityRef({ cluster: state.name, namespace, kind, name })
  ) {
    return false;
  }
  const claim = resolveClaim(state, server);
  return claim.entityRef === undefined && claim.kubernetesId === undefined;
}
