import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { parseQuantity } from '../quantities';
import { recogniseServing } from '../servingRuntimes/recogniseServing';
import type { AddedKnowledge } from '../state/AddedKnowledge';
import { recogniseStore } from '../vectorStores/recogniseStore';
import { readClaim, readController } from './claims';
import type { ConditionFact, RolloutFact, WorkloadFact } from './Fact';
import { asNamespaced, identityOf, type NamespacedObject } from './identity';
import { intern } from './intern';
import type { RawObject } from './raw';
import { readRag } from './readRag';
import { readAsks } from './readAsks';
import { viewOf } from './WorkloadView';

const MESSAGE_LENGTH = 1024;

/** A Deployment; a full record when it serves a model or is a vector store, else what owner chains need. */
export function projectDeployment(
  raw: unknown,
  added?: AddedKnowledge,
): WorkloadFact | undefined {
  return projectServing(raw, 'deployments', 'Deployment', added);
}

/** A StatefulSet, as a Deployment. */
export function projectStatefulSet(
  raw: unknown,
  added?: AddedKnowledge,
): WorkloadFact | undefined {
  return projectServing(raw, 'statefulsets', 'StatefulSet', added);
}

/**
 * A ReplicaSet as a link of owner chains. A Deployment keeps ten old ones; those which run nothing are dropped, except
 * where a terminating pod may still hold accelerators (the count leaves terminating pods out).
 */
export function projectReplicaSet(
  raw: unknown,
  { servingRuntimes, vectorStores }: AddedKnowledge = {},
): WorkloadFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const template = object.spec?.template;
  const runs =
    (object.spec?.replicas ?? 1) > 0 || (object.status?.replicas ?? 0) > 0;
  const view = viewOf(template?.spec, template?.metadata);
  if (
    !runs &&
    readAsks(template?.spec).length === 0 &&
    !recogniseServing(view, servingRuntimes) &&
    !recogniseStore(view, undefined, {}, vectorStores)
  ) {
    return undefined;
  }
  return linkOf(object, 'replicasets', 'ReplicaSet');
}

/** A Job as a link of owner chains; the accelerators are on its pods. */
export function projectJob(raw: unknown): WorkloadFact | undefined {
  const object = asNamespaced(raw);
  return object && linkOf(object, 'jobs', 'Job');
}

/** The part of a workload that owner chains need. */
export function linkOf(
  object: NamespacedObject,
  resource: WorkloadFact['resource'],
  kind: string,
): WorkloadFact {
  const controller = readController(object.metadata);
  const model = object.metadata.annotations?.[ANNOTATIONS.model];
  return {
    resource,
    kind,
    ...identityOf(object),
    ...readClaim(object.metadata),
    ...(controller ? { controller } : {}),
    ...(model ? { model: intern(model) } : {}),
  };
}

/** Conditions of an object, without those that name no type. */
export function readConditions(object: RawObject): ConditionFact[] {
  return (object.status?.conditions ?? []).flatMap(condition =>
    condition.type
      ? [
          {
            type: intern(condition.type),
            status: intern(condition.status ?? 'Unknown'),
            ...(condition.reason ? { reason: intern(condition.reason) } : {}),
            ...(condition.message
              ? { message: condition.message.slice(0, MESSAGE_LENGTH) }
              : {}),
            ...(condition.lastTransitionTime
              ? { at: condition.lastTransitionTime }
              : {}),
          },
        ]
      : [],
  );
}

function projectServing(
  raw: unknown,
  resource: 'deployments' | 'statefulsets',
  kind: string,
  { servingRuntimes, vectorStores }: AddedKnowledge = {},
): WorkloadFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { template, volumeClaimTemplates = [] } = object.spec ?? {};
  // The template's labels and annotations come last: they are what the pods really carry.
  const view = viewOf(template?.spec, object.metadata, template?.metadata);
  const serving = recogniseServing(view, servingRuntimes);
  const templateBytes = sumClaims(volumeClaimTemplates);
  const claimTemplates = {
    bytes: templateBytes,
    names: volumeClaimTemplates.flatMap(({ metadata }) => metadata?.name ?? []),
  };
  const store = recogniseStore(
    view,
    template?.spec,
    claimTemplates,
    vectorStores,
  );
  const asks = readAsks(template?.spec);
  const link = linkOf(object, resource, kind);
  if (asks.length > 0) link.asks = asks;
  const rag = readRag(object.metadata);
  if (rag) {
    link.rag = rag;
    link.rollout = readRollout(object);
  }
  if (!serving && !store) return link;
  const { creationTimestamp } = object.metadata;
  return {
    ...link,
    ...(creationTimestamp ? { createdAt: creationTimestamp } : {}),
    ...(serving ? { serving } : {}),
    ...(store ? { store } : {}),
    rollout: readRollout(object),
    podLabels: template?.metadata?.labels ?? {},
    namedPorts: Object.fromEntries(
      view.containers
        .flatMap(({ ports }) => ports)
        .flatMap(({ name, port }) => (name ? [[name, port]] : [])),
    ),
  };
}

function readRollout(object: NamespacedObject): RolloutFact {
  const { spec, status, metadata } = object;
  return {
    ...(metadata.generation === undefined
      ? {}
      : { generation: metadata.generation }),
    ...(status?.observedGeneration === undefined
      ? {}
      : { observedGeneration: status.observedGeneration }),
    // The API's default; an absent count is one replica, not none.
    desired: spec?.replicas ?? 1,
    ready: status?.readyReplicas ?? 0,
    updated: status?.updatedReplicas ?? 0,
    conditions: readConditions(object),
  };
}

function sumClaims(
  templates: {
    spec?: { resources?: { requests?: Record<string, unknown> } };
  }[],
): number | undefined {
  if (templates.length === 0) return undefined;
  return templates.reduce(
    (sum, { spec }) =>
      sum + (parseQuantity(spec?.resources?.requests?.storage) ?? 0),
    0,
  );
}
