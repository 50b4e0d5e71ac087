import type { Entity } from '@backstage/catalog-model';
import { createMockDirectory } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { exampleInputs, runAction } from '../__testUtils__/runAction';
import { createVectorStoreRenderAction } from './vectorStoreRender';
import { examples } from './vectorStoreRender.examples';

const TAKEN: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Resource',
  metadata: { name: 'taken', namespace: 'default' },
  spec: { type: 'vector-store', owner: 'group:default/x' },
};

describe('genai:vector-store:render', () => {
  const workspace = createMockDirectory();
  const action = createVectorStoreRenderAction({
    catalog: catalogServiceMock({ entities: [TAKEN] }),
  });
  const run = (input: object) =>
    runAction(action, input, { workspacePath: workspace.path });
  const form = {
    name: 'handbook',
    owner: 'group:default/team-search',
    engine: 'pgvector',
    target: { cluster: 'demo', namespace: 'team-search', title: 'Demo' },
  };

  beforeEach(() => workspace.clear());

  it.each(exampleInputs(examples))('runs its example: %s', async (_, input) => {
    const { outputs } = await run(input);
    expect(outputs).toMatchObject({ entityRef: 'resource:default/handbook' });
  });

  it('writes spec, manifests and entity, and hands the objects over', async () => {
    const { outputs, lines } = await run(form);
    expect(outputs.files).toEqual([
      'vector-store.yaml',
      'base/networkpolicy.yaml',
      'base/cluster.yaml',
      'base/database.yaml',
      'base/kustomization.yaml',
      'overlays/demo/kustomization.yaml',
      'catalog-info.yaml',
    ]);
    expect(outputs.endpoint).toBe(
      'postgresql://handbook-rw.team-search.svc:5432',
    );
    expect(
      (outputs.manifests as { kind: string }[]).map(({ kind }) => kind),
    ).toEqual(['NetworkPolicy', 'Cluster', 'Database']);
    expect(lines.join('\n')).toContain('No backup is scheduled');
  });

  it('takes the parameters of a template as a whole, and what stands beside them first', async () => {
    const { outputs } = await run({
      form: { ...form, repoUrl: 'x', techdocs: true },
      name: 'other',
    });
    expect(outputs.entityRef).toBe('resource:default/other');
    const { 'catalog-info.yaml': entity } = workspace.content() as Record<
      string,
      string
    >;
    expect(entity).toContain('backstage.io/techdocs-ref: dir:.');
  });

  it('drops what a form kept of another engine', async () => {
    const { outputs } = await run({
      ...form,
      engine: 'chroma',
      walSize: '5Gi',
      backup: { method: 'volumeSnapshot' },
      poolerInstances: 2,
    });
    expect(outputs.files).toContain('chart/values.yaml');
  });

  it('renders the spec of the repository again, and leaves the entity alone', async () => {
    await run(form);
    const { 'vector-store.yaml': spec } = workspace.content() as Record<
      string,
      string
    >;
    workspace.setContent({
      'vector-store.yaml': spec.replace('replicas: 3', 'replicas: 5'),
      'catalog-info.yaml': 'mine',
    });
    const { outputs } = await run({ specPath: 'vector-store.yaml' });
    const [, cluster] = outputs.manifests as { spec: { instances: number } }[];
    expect(cluster.spec.instances).toBe(5);
    expect(workspace.content()).toMatchObject({ 'catalog-info.yaml': 'mine' });
  });

  it.each<[object, string]>([
    [{ ...form, name: '' }, 'name: is missing'],
    [{ ...form, name: 'taken' }, 'already'],
    [{ ...form, name: 'A B' }, 'metadata.name'],
    [{ ...form, engine: 'excel' }, 'spec.engine'],
    [{ ...form, engine: 'chroma', replicas: 2 }, 'does not replicate'],
    [{ ...form, backup: { method: 'plugin' } }, 'objectStore'],
    [{ specPath: 'gone.yaml' }, 'specPath'],
    [{ specPath: 'vector-store.yaml', name: 'x' }, 'name: edit it in'],
    [{ specPath: '../../etc/passwd' }, 'Relative path'],
  ])('refuses %j', async (input, message) => {
    await expect(run(input)).rejects.toThrow(message);
  });
});
