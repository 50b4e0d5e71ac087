import { createMockDirectory } from '@backstage/backend-test-utils';
import { exampleInputs, runAction } from '../__testUtils__/runAction';
import {
  SEARCH_OBJECTS,
  SEARCH_WORKSPACE,
} from '../__testUtils__/searchObjects';
import { testAccess } from '../__testUtils__/testAccess';
import { createManifestsDeleteAction } from './manifestsDelete';
import { examples } from './manifestsDelete.examples';

const workspace = createMockDirectory({ content: SEARCH_WORKSPACE });

function bench(options: Parameters<typeof testAccess>[0] = {}) {
  const { access, cluster } = testAccess({
    objects: SEARCH_OBJECTS,
    ...options,
  });
  return {
    remove: (input: object, isDryRun = false) =>
      runAction(
        createManifestsDeleteAction(access),
        { cluster: 'demo', manifests: SEARCH_OBJECTS, ...input },
        { workspacePath: workspace.path, isDryRun },
      ),
    kinds: () =>
      cluster
        .objects()
        .map(({ kind }) => kind)
        .filter(kind => kind !== 'Namespace'),
  };
}

describe('genai:manifests:delete', () => {
  it.each(exampleInputs(examples))('runs its example: %s', async (_, input) => {
    const { remove, kinds } = bench();
    const { outputs } = await remove({ manifests: undefined, ...input });
    expect(kinds()).toEqual(['PersistentVolumeClaim']);
    expect(outputs.deleted).toEqual([
      'Deployment team-search/chat-llm',
      'Service team-search/chat-llm',
    ]);
  });

  it('deletes storage when told to', async () => {
    const { remove, kinds } = bench();
    await remove({ keepStorage: false });
    expect(kinds()).toEqual([]);
  });

  it('finds nothing to delete the second time', async () => {
    const { remove } = bench();
    await remove({});
    expect((await remove({})).outputs.deleted).toEqual([]);
  });

  it('deletes nothing in a dry run and tells what it would', async () => {
    const { remove, kinds } = bench();
    const { outputs, lines } = await remove({}, true);
    expect(kinds()).toHaveLength(3);
    expect(outputs.deleted).toEqual([]);
    expect(lines).toContain('Service team-search/chat-llm: would be deleted');
  });

  it('deletes nothing when one of the objects is of somebody else', async () => {
    const [deployment, service, claim] = SEARCH_OBJECTS;
    const foreign = {
      ...service,
      metadata: { ...service.metadata, labels: {} },
    };
    const { remove, kinds } = bench({ objects: [deployment, foreign, claim] });
    await expect(remove({})).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('somebody else'),
    });
    expect(kinds()).toHaveLength(3);
  });

  it.each([
    ['a person without the permission', {}, { allowed: false }],
    [
      'a namespace of another team',
      {
        manifests: SEARCH_OBJECTS.map(object => ({
          ...object,
          metadata: { ...object.metadata, namespace: 'team-chat' },
        })),
      },
      {},
    ],
  ])('refuses %s', async (_, input, options) => {
    const { remove, kinds } = bench(options);
    await expect(remove(input)).rejects.toMatchObject({
      name: 'NotAllowedError',
    });
    expect(kinds()).toHaveLength(3);
  });
});
