import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Suite } from './suite';

/** Writes a kubeconfig with the contexts `admin`, `portal` and `dev-search`; returns its path. */
export function writeKubeconfig(
  folder: string,
  { url, caData, tokens }: Suite,
): string {
  const users = {
    admin: tokens.admin,
    portal: tokens.portal,
    'dev-search': tokens.devSearch,
  };
  const file = join(folder, 'kubeconfig');
  // JSON is YAML, so nothing needs to be escaped by hand.
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'admin',
    clusters: [
      {
        name: 'it',
        cluster: { server: url, 'certificate-authority-data': caData },
      },
    ],
    users: Object.entries(users).map(([name, token]) => ({
      name,
      user: { token },
    })),
    contexts: Object.keys(users).map(name => ({
      name,
      context: { cluster: 'it', user: name },
    })),
  };
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}
