import { createMockDirectory } from '@backstage/backend-test-utils';
import { exampleInputs, runAction } from '../__testUtils__/runAction';
import {
  SEARCH_OBJECTS,
  SEARCH_WORKSPACE,
} from '../__testUtils__/searchObjects';
import { testAccess } from '../__testUtils__/testAccess';
import { createManifestsValidateAction } from './manifestsValidate';
import { examples } from './manifestsValidate.examples';

const workspace = createMockDirectory({ content: SEARCH_WORKSPACE });

describe('genai:manifests:validate', () => {
  it.each(
    exampleInputs(examples, {
      'steps.render.output.manifests': SEARCH_OBJECTS,
    }),
  )('runs its example and changes nothing: %s', async (_, input) => {
    const { access, cluster } = testAccess();
    const before = cluster.objects();
    const { outputs, lines } = await runAction(
      createManifestsValidateAction(access),
      input,
      { workspacePath: workspace.path },
    );
    expect(cluster.objects()).toEqual(before);
    expect(outputs.changes).toEqual(
      ['PersistentVolumeClaim', 'Service', 'Deployment'].map(kind =>
        expect.objectContaining({ kind, change: 'Created' }),
      ),
    );
    expect(lines).toContain('Cluster "demo" accepts all 3 objects');
  });

  it('says which objects it left out, and does not count them as accepted', async () => {
    const { access } = testAccess();
    const monitor = {
      ...SEARCH_OBJECTS[1],
      apiVersion: 'monitoring.coreos.com/v1',
      kind: 'ServiceMonitor',
    };
    const { lines } = await runAction(
      createManifestsValidateAction(access),
      { cluster: 'demo', manifests: [...SEARCH_OBJECTS, monitor] },
      { workspacePath: workspace.path },
    );
    expect(lines).toContain(
      'Cluster "demo" accepts 3 of 4 objects; 1 left out',
    );
  });

  it('needs the permission to apply', async () => {
    const { access } = testAccess({ allowed: false });
    await expect(
      runAction(
        createManifestsValidateAction(access),
        { cluster: 'demo', manifests: SEARCH_OBJECTS },
        { workspacePath: workspace.path },
      ),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });
});
