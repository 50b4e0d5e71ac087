import { createMockDirectory } from '@backstage/backend-test-utils';
import { findSpecFile, readSpecFile } from './readSpecFile';

describe('a spec that is rendered again', () => {
  const workspace = createMockDirectory({
    content: { 'rag.yaml': 'kind: RagSpec', deploy: { 'rag.yaml': 'a: 1' } },
  });

  it.each([
    ['rag.yaml', 'rag.yaml'],
    ['.', 'rag.yaml'],
    ['deploy', 'deploy/rag.yaml'],
    ['not-there.yaml', 'not-there.yaml'],
  ])('given as %s is the file %s', async (path, file) => {
    await expect(findSpecFile(workspace.path, path, 'rag.yaml')).resolves.toBe(
      file,
    );
  });

  it('is read where nothing else is given', async () => {
    await expect(
      readSpecFile(workspace.path, 'deploy/rag.yaml', { name: undefined }),
    ).resolves.toBe('a: 1');
  });

  it('is refused beside another value, where it is missing and outside of the workspace', async () => {
    await expect(
      readSpecFile(workspace.path, 'rag.yaml', { owner: 'group:default/a' }),
    ).rejects.toThrow('owner: edit it in rag.yaml');
    await expect(
      readSpecFile(workspace.path, 'not-there.yaml', {}),
    ).rejects.toThrow('specPath: "not-there.yaml" does not exist');
    await expect(
      findSpecFile(workspace.path, '../..', 'rag.yaml'),
    ).rejects.toThrow();
  });
});
