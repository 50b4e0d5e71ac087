import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

const STORE = {
  name: 'handbook',
  owner: 'group:default/team-search',
  target: { cluster: 'demo', namespace: 'team-search' },
};

const example = (description: string, input: object): TemplateExample => ({
  description,
  example: stringify({
    steps: [
      {
        id: 'render',
        name: 'Write the manifests',
        action: 'genai:vector-store:render',
        input,
      },
    ],
  }),
});

export const examples: TemplateExample[] = [
  example('Chroma for two teams', {
    ...STORE,
    engine: 'chroma',
    size: '50Gi',
    clients: ['team-chat'],
  }),
  example('pgvector with three instances and nightly snapshots', {
    ...STORE,
    engine: 'pgvector',
    backup: { method: 'volumeSnapshot' },
  }),
  example('pgvector with WAL archived by the Barman Cloud plugin', {
    ...STORE,
    engine: 'pgvector',
    walSize: '10Gi',
    backup: {
      method: 'plugin',
      objectStore: 'backups',
      schedule: '0 0 */6 * * *',
    },
    poolerInstances: 2,
  }),
  example('Milvus as a cluster', { ...STORE, engine: 'milvus', replicas: 2 }),
];
