import { Client } from './client';
import { configMap, deployment } from './objects';
import {
  apps,
  array,
  core,
  eventually,
  expectCode,
  expectStatus,
  inGroup,
  SuiteRef,
  text,
} from './suite';

const RBAC = 'rbac.authorization.k8s.io/v1';
const AUTHORIZATION = '/apis/authorization.k8s.io/v1';

/** Who may do what: RBAC, the reviews, and the words of a refusal. */
export function accessContract(suite: SuiteRef) {
  async function userOf(client: Client) {
    const review = await client.post(
      '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'SelfSubjectReview',
      },
    );
    return expectCode(review, 201).body.status.userInfo;
  }

  /** Lets a user do this in a namespace and waits until it holds. */
  async function allow(
    ns: string,
    client: Client,
    rule: object,
    verb: string,
    resource: string,
    name?: string,
  ) {
    const { admin } = suite();
    const user = text((await userOf(client)).username);
    const role = {
      apiVersion: RBAC,
      kind: 'Role',
      metadata: { name: 'granted' },
      rules: [rule],
    };
    expectCode(await admin.post(inGroup(RBAC, ns, 'roles'), role), 201);
    const binding = {
      apiVersion: RBAC,
      kind: 'RoleBinding',
      metadata: { name: 'granted' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'Role',
        name: 'granted',
      },
      subjects: [
        { apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user },
      ],
    };
    expectCode(
      await admin.post(inGroup(RBAC, ns, 'rolebindings'), binding),
      201,
    );
    await eventually(
      () => may(client, { namespace: ns, verb, resource, name }),
      status => (status.allowed as unknown) === true,
    );
  }

  async function may(client: Client, resourceAttributes: object) {
    const review = await client.post(
      `${AUTHORIZATION}/selfsubjectaccessreviews`,
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes },
      },
    );
    return expectCode(review, 201).body.status;
  }

  it('knows its three users', async () => {
    const { admin, portal, devSearch } = suite();
    expect((await userOf(admin)).groups).toEqual(
      expect.arrayContaining(['system:masters', 'system:authenticated']),
    );
    expect(await userOf(portal)).toMatchObject({
      username: 'system:serviceaccount:promptside-system:promptside-portal',
      groups: expect.arrayContaining([
        'system:serviceaccounts',
        'system:serviceaccounts:promptside-system',
        'system:authenticated',
      ]),
    });
    expect(await userOf(devSearch)).toMatchObject({
      username: 'dev-search',
      groups: expect.arrayContaining(['system:authenticated']),
    });
  });

  it('refuses what no role grants, in the words of the authoriser', async () => {
    const { devSearch, namespace } = suite();
    const ns = await namespace();
    const user = 'User "dev-search" cannot';
    expectStatus(await devSearch.get('/api/v1/secrets'), {
      code: 403,
      reason: 'Forbidden',
      message: `secrets is forbidden: ${user} list resource "secrets" in API group "" at the cluster scope`,
      details: { kind: 'secrets' },
    });
    expectStatus(await devSearch.get(core(ns, 'pods', 'x')), {
      code: 403,
      reason: 'Forbidden',
      message: `pods "x" is forbidden: ${user} get resource "pods" in API group "" in the namespace "${ns}"`,
      details: { name: 'x', kind: 'pods' },
    });
    expectStatus(
      await devSearch.post(apps(ns, 'deployments'), deployment('d')),
      {
        code: 403,
        reason: 'Forbidden',
        message: `deployments.apps is forbidden: ${user} create resource "deployments" in API group "apps" in the namespace "${ns}"`,
        details: { group: 'apps', kind: 'deployments' },
      },
    );
    expectStatus(await devSearch.get(core(ns, 'pods', 'x', 'log')), {
      code: 403,
      reason: 'Forbidden',
      message: `pods "x" is forbidden: ${user} get resource "pods/log" in API group "" in the namespace "${ns}"`,
    });
    expectStatus(await devSearch.get(core(ns, 'pods'), { watch: true }), {
      code: 403,
      reason: 'Forbidden',
      message: `pods is forbidden: ${user} watch resource "pods" in API group "" in the namespace "${ns}"`,
    });
    expectStatus(await devSearch.get('/metrics'), {
      code: 403,
      reason: 'Forbidden',
      message: `forbidden: ${user} get path "/metrics"`,
    });
  });

  it('lets everybody who is known discover the API', async () => {
    const { devSearch } = suite();
    for (const path of [
      '/api',
      '/apis',
      '/apis/apps/v1',
      '/version',
      '/openapi/v2',
      '/healthz',
    ]) {
      expectCode(await devSearch.get(path), 200);
    }
  });

  it('grants exactly what a role says, where it is bound', async () => {
    const { admin, devSearch, namespace } = suite();
    const [here, there] = [await namespace(), await namespace()];
    const rule = {
      apiGroups: [''],
      resources: ['configmaps'],
      verbs: ['get', 'list'],
    };
    await allow(here, devSearch, rule, 'get', 'configmaps');
    await admin.post(core(here, 'configmaps'), configMap('a'));
    expectCode(await devSearch.get(core(here, 'configmaps')), 200);
    expectCode(await devSearch.get(core(here, 'configmaps', 'a')), 200);
    expectCode(
      await devSearch.post(core(here, 'configmaps'), configMap('b')),
      403,
    );
    expectCode(await devSearch.delete(core(here, 'configmaps', 'a')), 403);
    expectCode(await devSearch.get(core(here, 'secrets')), 403);
    expectCode(await devSearch.get(core(there, 'configmaps')), 403);
    expectCode(await devSearch.get('/api/v1/configmaps'), 403);
  });

  it('grants by resource name and by subresource', async () => {
    const { admin, portal, namespace } = suite();
    const ns = await namespace();
    const rule = {
      apiGroups: [''],
      resources: ['configmaps', 'pods/log'],
      resourceNames: ['one'],
      verbs: ['get'],
    };
    await allow(ns, portal, rule, 'get', 'configmaps', 'one');
    for (const name of ['one', 'two'])
      await admin.post(core(ns, 'configmaps'), configMap(name));
    expectCode(await portal.get(core(ns, 'configmaps', 'one')), 200);
    const pod = { namespace: ns, verb: 'get', resource: 'pods', name: 'one' };
    expect(await may(portal, { ...pod, subresource: 'log' })).toMatchObject({
      allowed: true,
    });
    expect(
      await may(portal, { ...pod, verb: 'delete', subresource: 'log' }),
    ).toMatchObject({ allowed: false });
  });

  it('follows a binding that is removed', async () => {
    const { admin, devSearch, namespace } = suite();
    const ns = await namespace();
    await allow(
      ns,
      devSearch,
      { apiGroups: [''], resources: ['pods'], verbs: ['*'] },
      'list',
      'pods',
    );
    await admin.delete(inGroup(RBAC, ns, 'rolebindings', 'granted'));
    await eventually(
      () => devSearch.get(core(ns, 'pods')),
      answer => answer.status === 403,
    );
  });

  it('binds a cluster role in one namespace, and groups', async () => {
    const { admin, devSearch, namespace, kind } = suite();
    const ns = await namespace();
    const name = `contract-${kind}-${process.pid}`;
    const clusterRole = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
    const rules = [{ apiGroups: ['apps'], resources: ['*'], verbs: ['list'] }];
    expectCode(
      await admin.post(clusterRole, {
        apiVersion: RBAC,
        kind: 'ClusterRole',
        metadata: { name },
        rules,
      }),
      201,
    );
    await admin.post(inGroup(RBAC, ns, 'rolebindings'), {
      apiVersion: RBAC,
      kind: 'RoleBinding',
      metadata: { name: 'everybody' },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name,
      },
      subjects: [
        {
          apiGroup: 'rbac.authorization.k8s.io',
          kind: 'Group',
          name: 'system:authenticated',
        },
      ],
    });
    await eventually(
      () => devSearch.get(apps(ns, 'statefulsets')),
      answer => answer.status === 200,
    );
    expectCode(await devSearch.get('/apis/apps/v1/statefulsets'), 403);
    await admin.delete(`${clusterRole}/${name}`);
  });

  it('reviews the access of oneself and of others', async () => {
    const { admin, devSearch, namespace } = suite();
    const ns = await namespace();
    const rule = { apiGroups: [''], resources: ['pods'], verbs: ['get'] };
    await allow(ns, devSearch, rule, 'get', 'pods');
    expect(
      await may(devSearch, { namespace: ns, verb: 'get', resource: 'pods' }),
    ).toEqual({
      allowed: true,
      reason: `RBAC: allowed by RoleBinding "granted/${ns}" of Role "granted" to User "dev-search"`,
    });
    expect(
      await may(devSearch, { namespace: ns, verb: 'list', resource: 'pods' }),
    ).toMatchObject({ allowed: false });
    expect(
      await may(admin, { verb: 'delete', resource: 'nodes' }),
    ).toMatchObject({ allowed: true });
    const rules = await devSearch.post(
      `${AUTHORIZATION}/selfsubjectrulesreviews`,
      {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectRulesReview',
        spec: { namespace: ns },
      },
    );
    expect(
      array(expectCode(rules, 201).body.status.resourceRules),
    ).toContainEqual({
      verbs: ['get'],
      apiGroups: [''],
      resources: ['pods'],
    });
    const other = (kind: string, path: string) =>
      admin.post(path, {
        apiVersion: 'authorization.k8s.io/v1',
        kind,
        metadata: kind.startsWith('Local') ? { namespace: ns } : undefined,
        spec: {
          user: 'dev-search',
          resourceAttributes: { namespace: ns, verb: 'get', resource: 'pods' },
        },
      });
    for (const answer of [
      await other(
        'SubjectAccessReview',
        `${AUTHORIZATION}/subjectaccessreviews`,
      ),
      await other(
        'LocalSubjectAccessReview',
        `${AUTHORIZATION}/namespaces/${ns}/localsubjectaccessreviews`,
      ),
    ]) {
      expect(expectCode(answer, 201).body.status).toMatchObject({
        allowed: true,
      });
    }
    expectStatus(
      await devSearch.post(`${AUTHORIZATION}/selfsubjectaccessreviews`, {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: {},
      }),
      {
        code: 422,
        reason: 'Invalid',
        details: { causes: [{ field: 'spec.resourceAttributes' }] },
      },
    );
  });

  it('reviews tokens', async () => {
    const { admin, tokens } = suite();
    const review = async (token: string) =>
      expectCode(
        await admin.post('/apis/authentication.k8s.io/v1/tokenreviews', {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenReview',
          spec: { token },
        }),
        201,
      ).body.status;
    expect(await review(tokens.devSearch)).toMatchObject({
      authenticated: true,
      user: { username: 'dev-search' },
    });
    expect((await review('no-token')).authenticated).toBeUndefined();
  });

  it('keeps the role of a binding', async () => {
    const { admin, devSearch, namespace } = suite();
    const ns = await namespace();
    await allow(
      ns,
      devSearch,
      { apiGroups: [''], resources: ['pods'], verbs: ['get'] },
      'get',
      'pods',
    );
    expectStatus(
      await admin.patch(inGroup(RBAC, ns, 'rolebindings', 'granted'), 'merge', {
        roleRef: { name: 'other' },
      }),
      {
        code: 422,
        reason: 'Invalid',
        details: { causes: [{ field: 'roleRef' }] },
      },
    );
  });
}
