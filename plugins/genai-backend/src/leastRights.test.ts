import { WATCHED_RESOURCES } from '@promptside/backstage-plugin-genai-node';
import { readRbac } from '../cluster-tests/grantReader';

describe('docs/install/rbac.yaml', () => {
  const { rules = [] } = readRbac().find(
    ({ kind, metadata }) =>
      kind === 'ClusterRole' && metadata.name === 'promptside-reader',
  )!;

  it.each(WATCHED_RESOURCES.map(({ plural, apiGroup }) => [plural, apiGroup]))(
    'lets the portal list and watch %s of group "%s"',
    (plural, apiGroup) => {
      const verbs = rules
        .filter(
          rule =>
            rule.apiGroups.includes(apiGroup) &&
            rule.resources.includes(plural),
        )
        .flatMap(rule => rule.verbs);
      expect(verbs).toEqual(expect.arrayContaining(['list', 'watch']));
    },
  );

  it.each([
    ['promptside-metrics', 'pods/proxy', 'get'],
    ['promptside-probe', 'services/proxy', 'get'],
    ['promptside-volumes', 'nodes/proxy', 'get'],
    ['promptside-try-it', 'services/proxy', 'create'],
  ])(
    'has %s for %s alone, with the one verb it needs',
    (role, resource, verb) => {
      const found = readRbac().find(
        ({ kind, metadata }) =>
          kind === 'ClusterRole' && metadata.name === role,
      );
      expect(found?.rules).toEqual([
        { apiGroups: [''], resources: [resource], verbs: [verb] },
      ]);
    },
  );

  it('binds on the cluster what only reads', () => {
    const bound = readRbac().filter(
      ({ kind }) => kind === 'ClusterRoleBinding',
    );
    expect(bound.map(({ metadata }) => metadata.name).sort()).toEqual([
      'promptside-metrics',
      'promptside-probe',
      'promptside-reader',
    ]);
  });

  it('lets it read no secret and change nothing', () => {
    expect(rules.flatMap(rule => rule.resources)).not.toContain('secrets');
    expect(rules.flatMap(rule => rule.resources)).not.toContain('*');
    expect(new Set(rules.flatMap(rule => rule.verbs))).toEqual(
      new Set(['get', 'list', 'watch']),
    );
  });
});
