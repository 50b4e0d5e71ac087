import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { FIXED_USERS, serviceAccountUser, Tokens, User } from './users';

/** Finds out who asks. */
export interface Authenticator {
  /** The user of a token; `undefined` when the token is not or no longer valid. */
  authenticate(token: string): User | undefined;
  /** Makes a token for a ServiceAccount; lives as long as the process, at most. */
  issue(
    account: { namespace: string; name: string; uid?: string },
    seconds: number,
  ): { token: string; expires: number };
}

/** New random tokens for the fixed users. */
export function createTokens(): Tokens {
  const token = () => randomBytes(24).toString('base64url');
  return { admin: token(), portal: token(), devSearch: token() };
}

const digest = (token: string) => createHash('sha256').update(token).digest();

/** Knows the fixed users and the tokens it has issued. */
export function createAuthenticator(
  tokens: Tokens,
  now: () => number,
): Authenticator {
  const fixed = (Object.keys(FIXED_USERS) as Array<keyof Tokens>).map(key => ({
    digest: digest(tokens[key]),
    user: FIXED_USERS[key],
  }));
  const issued = new Map<string, { user: User; expires: number }>();
  return {
    authenticate(token) {
      const given = digest(token);
      const match = fixed.find(each => timingSafeEqual(each.digest, given));
      if (match) {
        return match.user;
      }
      const known = issued.get(given.toString('hex'));
      return known && known.expires > now() ? known.user : undefined;
    },
    issue({ namespace, name, uid }, seconds) {
      const token = randomBytes(32).toString('base64url');
      const expires = now() + seconds * 1000;
      issued.set(digest(token).toString('hex'), {
        user: serviceAccountUser(namespace, name, uid),
        expires,
      });
      return { token, expires };
    },
  };
}
