import { createClient, KubeJson } from './client';
import { array, core, expectCode, expectStatus, SuiteRef, text } from './suite';

/** What is served, and how a client finds out. */
export function discoveryContract(suite: SuiteRef) {
  it('tells its version and its health', async () => {
    const { admin } = suite();
    const version = expectCode(await admin.get('/version'), 200).body;
    expect(version).toMatchObject({
      major: '1',
      gitVersion: expect.stringMatching(/^v1\.\d+\.\d+/),
      platform: expect.stringContaining('/'),
    });
    for (const path of ['/healthz', '/livez', '/readyz']) {
      const answer = expectCode(await admin.get(path), 200);
      expect(answer.text).toBe('ok');
    }
  });

  it('lists groups and versions', async () => {
    const { admin } = suite();
    expect((await admin.get('/api')).body).toMatchObject({
      kind: 'APIVersions',
      versions: ['v1'],
    });
    const { body } = await admin.get('/apis');
    expect(body.kind).toBe('APIGroupList');
    expect(array(body.groups).map(group => group.name)).toEqual(
      expect.arrayContaining([
        'apps',
        'batch',
        'autoscaling',
        'policy',
        'networking.k8s.io',
        'rbac.authorization.k8s.io',
        'storage.k8s.io',
        'apiextensions.k8s.io',
        'authorization.k8s.io',
        'discovery.k8s.io',
      ]),
    );
    expect((await admin.get('/apis/apps')).body).toMatchObject({
      kind: 'APIGroup',
      name: 'apps',
      preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
    });
  });

  it('lists the resources of a group with verbs, short names and subresources', async () => {
    const { admin } = suite();
    const coreList = (await admin.get('/api/v1')).body;
    expect(coreList).toMatchObject({
      kind: 'APIResourceList',
      groupVersion: 'v1',
    });
    const byName = new Map(
      array(coreList.resources).map(resource => [
        text(resource.name),
        resource,
      ]),
    );
    expect(byName.get('pods')).toMatchObject({
      kind: 'Pod',
      singularName: 'pod',
      namespaced: true,
      shortNames: ['po'],
      categories: ['all'],
      verbs: [
        'create',
        'delete',
        'deletecollection',
        'get',
        'list',
        'patch',
        'update',
        'watch',
      ],
    });
    expect(byName.get('nodes')).toMatchObject({ namespaced: false });
    expect(byName.get('pods/log')).toMatchObject({ verbs: ['get'] });
    expect(byName.get('pods/status')?.verbs).toEqual([
      'get',
      'patch',
      'update',
    ]);
    expect([...byName.keys()]).toEqual(
      expect.arrayContaining(['pods/proxy', 'services/proxy']),
    );
    const appsList = (await admin.get('/apis/apps/v1')).body;
    expect(
      array(appsList.resources).find(r => text(r.name) === 'deployments/scale'),
    ).toMatchObject({ group: 'autoscaling', version: 'v1', kind: 'Scale' });
  });

  it('answers aggregated discovery when asked for it', async () => {
    const { admin } = suite();
    const accept =
      'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json';
    for (const [path, group] of [
      ['/api', undefined],
      ['/apis', 'apps'],
    ]) {
      const answer = await admin.call('GET', path as string, { accept });
      expect(answer.headers['content-type']).toContain(
        'as=APIGroupDiscoveryList',
      );
      expect(answer.body).toMatchObject({
        kind: 'APIGroupDiscoveryList',
        apiVersion: 'apidiscovery.k8s.io/v2',
      });
      const found = array(answer.body.items).find(
        item => item.metadata?.name === (group as unknown as KubeJson),
      );
      const resources = array(found?.versions as KubeJson)[0].resources;
      const known = array(resources).find(r =>
        ['pods', 'deployments'].includes(text(r.resource)),
      );
      expect(known).toMatchObject({
        scope: 'Namespaced',
        responseKind: { kind: expect.any(String) },
        verbs: expect.arrayContaining(['watch']),
        subresources: expect.arrayContaining([
          expect.objectContaining({ subresource: 'status' }),
        ]),
      });
    }
  });

  it('publishes OpenAPI v2 and v3', async () => {
    const { admin } = suite();
    const v2 = expectCode(await admin.get('/openapi/v2'), 200).body;
    expect(
      v2.definitions['io.k8s.api.apps.v1.Deployment'][
        'x-kubernetes-group-version-kind'
      ],
    ).toEqual([{ group: 'apps', kind: 'Deployment', version: 'v1' }]);
    const v3 = expectCode(await admin.get('/openapi/v3'), 200).body;
    expect(Object.keys(v3.paths)).toEqual(
      expect.arrayContaining(['api/v1', 'apis/apps/v1']),
    );
    const document = await admin.get(
      text(v3.paths['apis/apps/v1'].serverRelativeURL),
    );
    expect(
      Object.keys(expectCode(document, 200).body.components.schemas),
    ).toContain('io.k8s.api.apps.v1.Deployment');
  });

  it('does not know resources that do not exist', async () => {
    const { admin } = suite();
    expectStatus(await admin.get(core('default', 'gizmos')), {
      code: 404,
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    });
    for (const path of [
      '/nothing',
      '/apis/nothing.example.com/v1',
      '/apis/nothing.example.com/v1/things',
    ]) {
      expect(expectCode(await admin.get(path), 404).text).toBe(
        '404 page not found\n',
      );
    }
    expectStatus(await admin.get('/apis/apps/v9/things'), {
      code: 404,
      reason: 'NotFound',
    });
  });

  it('refuses a wrong token with 401 and nobody with 403', async () => {
    const { url, caData } = suite();
    const wrong = createClient({ url, caData, token: 'not-a-token' });
    expectStatus(await wrong.get('/api/v1/pods'), {
      code: 401,
      reason: 'Unauthorized',
      message: 'Unauthorized',
    });
    wrong.close();
    const nobody = createClient({ url, caData });
    expectStatus(await nobody.get('/api/v1/pods'), {
      code: 403,
      reason: 'Forbidden',
      message:
        'pods is forbidden: User "system:anonymous" cannot list resource "pods" in API group "" at the cluster scope',
    });
    nobody.close();
  });
}
