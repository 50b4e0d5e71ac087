/** Who asks. */
export interface User {
  name: string;
  uid?: string;
  groups: string[];
}

/** Members of this group may do everything. */
export const MASTERS = 'system:masters';

/** Who has no token at all. */
export const ANONYMOUS: User = {
  name: 'system:anonymous',
  groups: ['system:unauthenticated'],
};

/** The identity of a ServiceAccount. */
export function serviceAccountUser(
  namespace: string,
  name: string,
  uid?: string,
): User {
  return {
    name: `system:serviceaccount:${namespace}:${name}`,
    uid,
    groups: [
      'system:serviceaccounts',
      `system:serviceaccounts:${namespace}`,
      'system:authenticated',
    ],
  };
}

/** Namespace of the portal and of its ServiceAccount. */
export const PORTAL_NAMESPACE = 'promptside-system';
/** ServiceAccount that the portal uses. */
export const PORTAL_ACCOUNT = 'promptside-portal';

/** Bearer tokens of the three users that are always there. */
export interface Tokens {
  /** `cluster-admin`. */
  admin: string;
  /** The portal's ServiceAccount: reads all but Secrets. */
  portal: string;
  /** A developer of the team `search`, bound to its namespace. */
  devSearch: string;
}

/** The users of the fixed tokens. */
export const FIXED_USERS: Record<keyof Tokens, User> = {
  admin: {
    name: 'promptside-admin',
    groups: [MASTERS, 'system:authenticated'],
  },
  portal: serviceAccountUser(PORTAL_NAMESPACE, PORTAL_ACCOUNT),
  devSearch: {
    name: 'dev-search',
    groups: ['team-search', 'system:authenticated'],
  },
};
