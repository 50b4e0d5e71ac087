import {
  modelServersResponseSchema,
  type ModelServer,
} from '@promptside/backstage-plugin-genai-common';
import { deriveModelServers } from '../derive/deriveModelServers';
import type { ClusterState } from '../state/ClusterState';
import { createClusterState } from '../state/createClusterState';
import { WATCHED_RESOURCES } from '../state/watchedResources';
import { deployment, pod } from './objects';

const GPU = { 'nvidia.com/gpu': 1 };
const OWNER = {
  kind: 'Deployment',
  name: 'chat',
  uid: 'Deployment:team-a:chat',
};

/** A server of `replicas` whose pods are given one by one, without the pods that `observe` would grow. */
export function server(
  pods: Record<string, unknown>[],
  options: Parameters<typeof deployment>[1] = {},
  more: unknown[] = [],
): ClusterState {
  const state = createClusterState('test');
  const objects = [
    deployment('chat', {
      replicas: pods.length || 1,
      asks: GPU,
      status: { observedGeneration: 1 },
      ...options,
    }),
    ...pods.map((status, index) =>
      pod(`chat-${index}`, {
        owner: OWNER,
        asks: GPU,
        node: status.node === null ? undefined : 'gpu-1',
        ...status,
      }),
    ),
    ...more,
  ];
  for (const { key, project } of WATCHED_RESOURCES) {
    state.replace(
      key,
      (objects as { kind: string }[])
        .filter(({ kind }) => `${kind.toLowerCase()}s` === key)
        .flatMap(object => project(object) ?? []),
    );
  }
  return state;
}

/** The one model server of a state; checks that the answer keeps the contract. */
export function only(state: ClusterState): ModelServer {
  const answer = deriveModelServers([state], {});
  expect(
    modelServersResponseSchema.safeParse({ ...answer, clusters: [] }).success,
  ).toBe(true);
  expect(answer.items).toHaveLength(1);
  return answer.items[0];
}

/** Status of a pod that is not ready. */
export const container = (more: Record<string, unknown>) => ({
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'False' }],
  containerStatuses: [{ name: 'main', ready: false, restartCount: 0, ...more }],
});
/** Status of a pod whose container waits. */
export const waiting = (reason: string, message?: string) =>
  container({ state: { waiting: { reason, message } } });
/** A pod that serves. */
export const ready = {};
/** A pod whose container runs and is not ready yet. */
export const starting = { status: container({ state: { running: {} } }) };
