import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Lets writers through who know the user name and password of the forge; reading is open on loopback. */
export function requireBasicAuth(
  username: string,
  password: string,
): RequestHandler {
  const expected = digest(`${username}:${password}`);
  return (req, res, next) => {
    const [scheme, encoded = ''] = (req.headers.authorization ?? '').split(' ');
    const given = Buffer.from(encoded, 'base64').toString();
    // Digests have one length, whatever was sent.
    if (/^basic$/i.test(scheme) && timingSafeEqual(digest(given), expected)) {
      next();
      return;
    }
    res
      .status(401)
      .setHeader('WWW-Authenticate', 'Basic realm="demo-forge"')
      .json({ message: 'user name or password is wrong' });
  };
}
