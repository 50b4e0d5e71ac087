import { Authenticator } from '../auth/authenticator';
import { Attributes, Authorizer } from '../auth/Authorizer';
import { User } from '../auth/users';
import { invalid } from '../store/ApiStatusError';
import { apiVersionOf, kubeTime } from '../store/ObjectStore';
import { readObject } from './body';
import { ResourceContext } from './context';
import { sendValue } from './respond';
import { at, JsonNode, node, texts } from './schema/nodes';
import { FieldErrors } from './validate/errors';

/** What the reviews ask. */
export interface Reviewers {
  authenticator: Authenticator;
  authorizer: Authorizer;
}

function attributesOf(spec: JsonNode): Attributes {
  const resource = spec.resourceAttributes;
  const path = spec.nonResourceAttributes;
  if (Boolean(resource) === Boolean(path)) {
    const errors = new FieldErrors();
    errors.invalid(
      'spec.resourceAttributes',
      resource ?? null,
      'exactly one of nonResourceAttributes or resourceAttributes must be specified',
    );
    throw invalid(
      { group: 'authorization.k8s.io', kind: '' },
      '',
      errors.errors,
    );
  }
  if (path) {
    return {
      verb: String(node(path).verb ?? ''),
      path: String(node(path).path ?? ''),
    };
  }
  const { verb, group, subresource, namespace, name } = node(resource);
  const plural = String(node(resource).resource ?? '');
  return {
    verb: String(verb ?? ''),
    group: String(group ?? ''),
    resource: subresource ? `${plural}/${String(subresource)}` : plural,
    namespace: namespace ? String(namespace) : undefined,
    name: name ? String(name) : undefined,
  };
}

function userInfo({ name, uid, groups }: User) {
  return { username: name, ...(uid && { uid }), groups };
}

function accessStatus({ authorizer }: Reviewers, user: User, spec: JsonNode) {
  const attributes = attributesOf(spec);
  const reason = authorizer.explain(user, attributes);
  return reason === undefined
    ? { allowed: false }
    : { allowed: true, ...(reason && { reason }) };
}

function statusOf(
  context: ResourceContext,
  reviewers: Reviewers,
  spec: JsonNode,
): unknown {
  const { user, resource } = context;
  switch (resource.plural) {
    case 'selfsubjectaccessreviews':
      return accessStatus(reviewers, user, spec);
    case 'subjectaccessreviews':
    case 'localsubjectaccessreviews':
      return accessStatus(
        reviewers,
        { name: String(spec.user ?? ''), groups: texts(spec.groups) },
        spec,
      );
    case 'selfsubjectrulesreviews': {
      const rules = reviewers.authorizer.rulesOf(
        user,
        spec.namespace ? String(spec.namespace) : undefined,
      );
      return {
        resourceRules: rules
          .filter(rule => !rule.nonResourceURLs)
          .map(({ verbs, apiGroups, resources, resourceNames }) => ({
            verbs,
            apiGroups,
            resources,
            ...(resourceNames?.length && { resourceNames }),
          })),
        nonResourceRules: rules
          .filter(rule => rule.nonResourceURLs)
          .map(({ verbs, nonResourceURLs }) => ({ verbs, nonResourceURLs })),
        incomplete: false,
      };
    }
    case 'selfsubjectreviews':
      return { userInfo: userInfo(user) };
    default: {
      const known = reviewers.authenticator.authenticate(
        String(at(spec, 'token') ?? ''),
      );
      return known
        ? { authenticated: true, user: userInfo(known) }
        : { user: {}, error: 'invalid bearer token' };
    }
  }
}

/** Whether a resource is a question and not an object. */
export function isReview(group: string): boolean {
  return group === 'authorization.k8s.io' || group === 'authentication.k8s.io';
}

/** Answers a review. Throws 422 for a question that is none. */
export async function review(
  context: ResourceContext,
  reviewers: Reviewers,
): Promise<void> {
  const { request, response, resource, store } = context;
  const { value } = await readObject(request);
  const spec = node(value.spec);
  sendValue(request, response, 201, {
    kind: resource.kind,
    apiVersion: apiVersionOf(resource),
    metadata: {
      ...node(value.metadata),
      creationTimestamp: kubeTime(store.now()),
    },
    ...(resource.plural !== 'selfsubjectreviews' && { spec }),
    status: statusOf(context, reviewers, spec),
  });
}
