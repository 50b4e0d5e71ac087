import { KubeObject, ResourceId } from '../store/ObjectStore';
import { MemoryStore } from '../store/MemoryStore';
import { MASTERS, User } from './users';

/** One rule of a Role or ClusterRole. */
export type PolicyRule = {
  verbs: string[];
  apiGroups?: string[];
  resources?: string[];
  resourceNames?: string[];
  nonResourceURLs?: string[];
};

/** What somebody wants to do. */
export type Attributes = {
  verb: string;
  group?: string;
  /** Plural, with `/subresource` where there is one. */
  resource?: string;
  namespace?: string;
  name?: string;
  /** For paths that are no resource. */
  path?: string;
};

/** Decides by the Roles and bindings in the store. */
export interface Authorizer {
  allows(user: User, attributes: Attributes): boolean;
  /** Why somebody may do something, `''` for members of `system:masters`; `undefined` when it is not allowed. */
  explain(user: User, attributes: Attributes): string | undefined;
  /** All rules that hold for a user in a namespace, or cluster-wide. */
  rulesOf(user: User, namespace?: string): PolicyRule[];
}

type Subject = { kind: string; name: string; namespace?: string };
type Binding = KubeObject & {
  subjects?: Subject[];
  roleRef: { kind: string; name: string };
};

const rbac = (plural: string): ResourceId => ({
  group: 'rbac.authorization.k8s.io',
  version: 'v1',
  plural,
});

function isMeant(user: User, subject: Subject, namespace?: string): boolean {
  switch (subject.kind) {
    case 'User':
      return subject.name === user.name;
    case 'Group':
      return user.groups.includes(subject.name);
    case 'ServiceAccount':
      return (
        user.name ===
        `system:serviceaccount:${subject.namespace ?? namespace}:${subject.name}`
      );
    default:
      return false;
  }
}

function holds(rule: PolicyRule, attributes: Attributes): boolean {
  const has = (values: string[] | undefined, value: string) =>
    values?.some(each => each === '*' || each === value) ?? false;
  if (!has(rule.verbs, attributes.verb)) {
    return false;
  }
  const { path, group = '', resource = '', name = '' } = attributes;
  if (path !== undefined) {
    return (
      rule.nonResourceURLs?.some(
        url =>
          url === '*' ||
          url === path ||
          (url.endsWith('*') && path.startsWith(url.slice(0, -1))),
      ) ?? false
    );
  }
  const [, subresource] = resource.split('/');
  const resources =
    has(rule.resources, resource) ||
    (subresource !== undefined &&
      (rule.resources?.includes(`*/${subresource}`) ?? false));
  const names =
    !rule.resourceNames?.length || rule.resourceNames.includes(name);
  return has(rule.apiGroups, group) && resources && names;
}

/** A rule that holds for somebody, and why. */
type Grant = { rule: PolicyRule; binding: Binding; subject: Subject };

function describe({ binding, subject }: Grant): string {
  const { name, namespace } = binding.metadata;
  const { kind, name: role } = binding.roleRef;
  const who =
    subject.kind === 'ServiceAccount'
      ? `${subject.name}/${subject.namespace ?? namespace}`
      : subject.name;
  return `RBAC: allowed by ${binding.kind} ${JSON.stringify(
    namespace ? `${name}/${namespace}` : name,
  )} of ${kind} ${JSON.stringify(role)} to ${subject.kind} ${JSON.stringify(who)}`;
}

/** The authorizer of a store; follows its changes. */
export function createAuthorizer(store: MemoryStore): Authorizer {
  let cache = new Map<string, Grant[]>();
  store.subscribe(({ resource }) => {
    if (resource.group === 'rbac.authorization.k8s.io') {
      cache = new Map();
    }
  });

  const roleRules = (binding: Binding): PolicyRule[] => {
    const { kind, name } = binding.roleRef;
    const role =
      kind === 'ClusterRole'
        ? store.get(rbac('clusterroles'), undefined, name)
        : store.get(rbac('roles'), binding.metadata.namespace, name);
    return (role?.rules ?? []) as PolicyRule[];
  };

  const grantsOf = (user: User, namespace?: string): Grant[] => {
    const key = JSON.stringify([user.name, user.groups, namespace]);
    let grants = cache.get(key);
    if (!grants) {
      const bindings = [
        ...store.list(rbac('clusterrolebindings')),
        ...(namespace ? store.list(rbac('rolebindings'), { namespace }) : []),
      ] as Binding[];
      grants = bindings.flatMap(binding => {
        const subject = binding.subjects?.find(each =>
          isMeant(user, each, binding.metadata.namespace),
        );
        return subject
          ? roleRules(binding).map(rule => ({ rule, binding, subject }))
          : [];
      });
      cache.set(key, grants);
    }
    return grants;
  };

  const grantFor = (user: User, attributes: Attributes) =>
    grantsOf(user, attributes.namespace).find(({ rule }) =>
      holds(rule, attributes),
    );

  return {
    rulesOf: (user, namespace) =>
      user.groups.includes(MASTERS)
        ? [
            { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
            { verbs: ['*'], nonResourceURLs: ['*'] },
          ]
        : grantsOf(user, namespace).map(({ rule }) => rule),
    allows: (user, attributes) =>
      user.groups.includes(MASTERS) || Boolean(grantFor(user, attributes)),
    explain(user, attributes) {
      if (user.groups.includes(MASTERS)) {
        return '';
      }
      const grant = grantFor(user, attributes);
      return grant && describe(grant);
    },
  };
}

/** The sentence with which Kubernetes refuses. */
export function refusal(user: User, attributes: Attributes): string {
  const { verb, group = '', resource, namespace, path } = attributes;
  const who = `User ${JSON.stringify(user.name)} cannot ${verb}`;
  if (path !== undefined) {
    return `${who} path ${JSON.stringify(path)}`;
  }
  const where = namespace
    ? `in the namespace ${JSON.stringify(namespace)}`
    : 'at the cluster scope';
  return `${who} resource ${JSON.stringify(resource)} in API group ${JSON.stringify(group)} ${where}`;
}
