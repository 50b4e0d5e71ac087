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

const part = (value: object) =>
  Buffer.from(JSON.stringify(value)).toString('base64url');
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
      const expires = now() + seconds * 1000;
      const user = serviceAccountUser(namespace, name, uid);
      // In the form of a JSON web token, whose times clients may read; the signature is a secret instead.
      const token = [
        part({ alg: 'none', typ: 'JWT' }),
        part({
          iss: 'https://kubernetes.default.svc',
          sub: user.name,
          iat: Math.floor(now() / 1000),
          exp: Math.floor(expires / 1000),
        }),
        randomBytes(32).toString('base64url'),
      ].join('.');
      issued.set(digest(token).toString('hex'), {
        user,
        expires,
      });
      return { token, expires };
    },
  };
}
