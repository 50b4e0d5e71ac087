import type {
  ClusterStatus,
  ModelServer,
  ResourceSyncState,
} from '@promptside/backstage-plugin-genai-common';

/** A healthy vLLM Deployment in `team-a` of cluster `west` that names no entity. */
export function server(name: string, parts: Partial<ModelServer> = {}) {
  const result: ModelServer = {
    cluster: 'west',
    namespace: 'team-a',
    name,
    kind: 'Deployment',
    uid: `uid-${name}`,
    runtime: 'vllm',
    runtimeVersion: '0.11.0',
    model: { id: `acme/${name}`, servedName: name },
    state: 'Ready',
    evidence: [],
    replicas: { desired: 1, ready: 1 },
    gpus: [],
    createdAt: '2026-01-01T00:00:00Z',
    ...parts,
  };
  return result;
}

/** A live cluster, with those of its resources that are not. */
export function cluster(
  name: string,
  state: ClusterStatus['state'] = 'Live',
  resources: Record<string, ResourceSyncState> = {},
): ClusterStatus {
  return {
    name,
    state,
    version: 1,
    resources: Object.entries(resources).map(([resource, sync]) => ({
      resource,
      state: sync,
    })),
  };
}
