import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { createTokens } from './auth/authenticator';
import { Certificates, createCertificates } from './auth/certificates';
import { Tokens } from './auth/users';
import { BrokenStateError } from './store/persistence';

/** What identifies a cluster across restarts. */
export interface Identity {
  certificates: Certificates;
  tokens: Tokens;
}

function writePrivate(file: string, text: string) {
  const temporary = `${file}.new`;
  writeFileSync(temporary, text, { mode: 0o600 });
  chmodSync(temporary, 0o600);
  renameSync(temporary, file);
}

function isIdentity(value: unknown): value is Identity {
  const { certificates, tokens } = (value ?? {}) as Partial<Identity>;
  return [
    certificates?.ca,
    certificates?.certificate,
    certificates?.key,
    tokens?.admin,
    tokens?.portal,
    tokens?.devSearch,
  ].every(each => typeof each === 'string' && each !== '');
}

/**
 * The cluster's certificates and tokens, made when the state folder has none.
 * @throws BrokenStateError when the folder's file cannot be read
 */
export function loadIdentity(stateDir: string | undefined): Identity {
  const fresh = (): Identity => ({
    certificates: createCertificates(),
    tokens: createTokens(),
  });
  if (!stateDir) {
    return fresh();
  }
  mkdirSync(stateDir, { recursive: true });
  const file = join(stateDir, 'identity.json');
  if (!existsSync(file)) {
    const identity = fresh();
    writePrivate(file, JSON.stringify(identity));
    return identity;
  }
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (isIdentity(value)) {
      return value;
    }
  } catch {
    // Falls through to the same sentence as for a file with other content.
  }
  throw new BrokenStateError(
    `${file} is damaged: delete it to give the cluster new certificates and tokens.`,
  );
}

/** Writes `kubeconfig` (contexts `admin`, `portal`, `dev-search`) and `cluster.json`, readable by their owner only. */
export function writeAccess(
  stateDir: string,
  access: { url: string; caData: string; tokens: Tokens },
) {
  const { url, caData, tokens } = access;
  const users: Record<string, string> = {
    admin: tokens.admin,
    portal: tokens.portal,
    'dev-search': tokens.devSearch,
  };
  writePrivate(
    join(stateDir, 'kubeconfig'),
    stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'admin',
      clusters: [
        {
          name: 'promptside-demo',
          cluster: { server: url, 'certificate-authority-data': caData },
        },
      ],
      users: Object.entries(users).map(([name, token]) => ({
        name,
        user: { token },
      })),
      contexts: Object.keys(users).map(name => ({
        name,
        context: {
          cluster: 'promptside-demo',
          user: name,
          ...(name === 'dev-search' && { namespace: 'team-search' }),
        },
      })),
    }),
  );
  writePrivate(
    join(stateDir, 'cluster.json'),
    `${JSON.stringify({ url, caData, tokens }, undefined, 2)}\n`,
  );
}
