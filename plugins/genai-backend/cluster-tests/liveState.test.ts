import { readFileSync } from 'node:fs';
import { grantReader } from './grantReader';
import { createKubeClient, type TestCluster } from './KubeClient';
import { describeLiveState } from './liveStateSuite';

/** A file, PEM text, or PEM in base64 as a kubeconfig has it; the last is what comes out. */
function readCa(value: string): string {
  if (value.includes('-----BEGIN'))
    return Buffer.from(value).toString('base64');
  return value.startsWith('/') ? readFileSync(value).toString('base64') : value;
}

function environment(name: string): string {
  const value = process.env[name];
  if (!value) {
    throw new Error(`${name} must be set, see docs/contributing/test-lanes.md`);
  }
  return value;
}

jest.setTimeout(60_000);

describeLiveState('live state of a real API server', async () => {
  const cluster: TestCluster = {
    url: environment('PROMPTSIDE_KUBE_URL'),
    token: environment('PROMPTSIDE_KUBE_TOKEN'),
    portalToken: environment('PROMPTSIDE_KUBE_PORTAL_TOKEN'),
    caData: readCa(environment('PROMPTSIDE_KUBE_CA')),
  };
  await grantReader(createKubeClient(cluster));
  return cluster;
});
