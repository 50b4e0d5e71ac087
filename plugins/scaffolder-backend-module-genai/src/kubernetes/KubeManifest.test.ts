import { createMockDirectory } from '@backstage/backend-test-utils';
import { asKubeManifest, readManifests } from './KubeManifest';

const dir = createMockDirectory();

describe('readManifests', () => {
  it('reads all documents of a folder in order and passes over what is not a manifest', async () => {
    dir.setContent({
      'b.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: b}\n',
      'a.yml':
        'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a1}\n---\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: a2}\n',
      'kustomization.yaml': 'resources: [a.yml]\n',
      'README.md': '# no manifest',
    });
    const manifests = await readManifests(dir.path, dir.path);
    expect(manifests.map(({ metadata }) => metadata.name)).toEqual([
      'a1',
      'a2',
      'b',
    ]);
  });

  it.each([
    ['a: [', /m\.yaml: document 1 is not YAML/],
    ['kind: Service\nmetadata: {name: x}\n', /apiVersion is missing/],
    ['apiVersion: v1\nkind: Service\n', /metadata\.name is missing/],
    ['- 1\n', /is not a Kubernetes object/],
  ])('names file and fault of %j', async (text, message) => {
    dir.setContent({ 'm.yaml': text });
    await expect(
      readManifests(dir.resolve('m.yaml'), dir.path),
    ).rejects.toThrow(message);
  });

  it('says which path does not exist', async () => {
    dir.setContent({});
    await expect(
      readManifests(dir.resolve('missing'), dir.path),
    ).rejects.toThrow('path: "missing" does not exist in the workspace');
  });
});

describe('asKubeManifest', () => {
  it('never takes a Secret from a template', () => {
    expect(() =>
      asKubeManifest(
        { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'token' } },
        'manifests[0]',
      ),
    ).toThrow('a Secret may not come from a template');
  });
});
