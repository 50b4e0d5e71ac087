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

  it('lets it read no secret and change nothing', () => {
    expect(rules.flatMap(rule => rule.resources)).not.toContain('secrets');
    expect(rules.flatMap(rule => rule.resources)).not.toContain('*');
    expect(new Set(rules.flatMap(rule => rule.verbs))).toEqual(
      new Set(['get', 'list', 'watch']),
    );
  });
});
