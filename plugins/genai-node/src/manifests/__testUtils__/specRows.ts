import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';

interface SpecRow {
  name: string;
  model: string;
  metadata?: Partial<InferenceSpec['metadata']>;
  spec?: Partial<InferenceSpec['spec']>;
}

/** A spec with everything needed, and what the row says otherwise. */
export function specOf(row: SpecRow): InferenceSpec {
  return {
    apiVersion: 'promptside.io/v1',
    kind: 'InferenceService',
    metadata: {
      name: row.name,
      owner: 'group:default/team-chat',
      ...row.metadata,
    },
    spec: {
      engine: { name: 'vllm' },
      model: { id: row.model },
      target: { cluster: 'demo', namespace: 'team-chat' },
      accelerator: { vendor: 'nvidia', resource: 'nvidia.com/gpu', count: 1 },
      contextLength: 8192,
      replicas: 1,
      storage: { size: '200Gi' },
      ...row.spec,
    },
  };
}
