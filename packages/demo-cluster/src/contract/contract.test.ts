import { accessContract } from './access.contract';
import { admissionContract } from './admission.contract';
import { appliesContract } from './applies.contract';
import { customResourcesContract } from './customResources.contract';
import { decodingContract } from './decoding.contract';
import { defaultsContract } from './defaults.contract';
import { discoveryContract } from './discovery.contract';
import { dryRunsContract } from './dryRuns.contract';
import { listsContract } from './lists.contract';
import { namespacesContract } from './namespaces.contract';
import { objectsContract } from './objects.contract';
import { patchesContract } from './patches.contract';
import { subresourcesContract } from './subresources.contract';
import { tablesContract } from './tables.contract';
import { validationContract } from './validation.contract';
import { watchesContract } from './watches.contract';
import { workloadsContract } from './workloads.contract';
import { clientsContract } from './clients.contract';
import { kubectlContract } from './kubectl.contract';
import { SuiteRef } from './suite';
import { useSuite } from './useSuite';

/** The parts of the contract, in the order in which they build on each other. */
const PARTS: [string, (suite: SuiteRef) => void][] = [
  ['discovery', discoveryContract],
  ['objects', objectsContract],
  ['lists', listsContract],
  ['watches', watchesContract],
  ['patches', patchesContract],
  ['server-side apply', appliesContract],
  ['dry run', dryRunsContract],
  ['decoding', decodingContract],
  ['validation', validationContract],
  ['defaults and immutable fields', defaultsContract],
  ['access', accessContract],
  ['admission', admissionContract],
  ['namespaces', namespacesContract],
  ['subresources', subresourcesContract],
  ['custom resources', customResourcesContract],
  ['tables', tablesContract],
  ['workloads', workloadsContract],
  ['JavaScript client', clientsContract],
  ['kubectl', kubectlContract],
];

/**
 * What a Kubernetes API server does, held against the demo cluster by default and against the real
 * kube-apiserver whose `cluster.json` PROMPTSIDE_CONTRACT_CLUSTER names. A test here is only right if both pass.
 */
describe('Kubernetes API contract', () => {
  jest.setTimeout(90_000);
  const suite = useSuite();

  describe.each(PARTS)('%s', (_, part) => {
    part(suite);
  });
});
