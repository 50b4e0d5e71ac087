import type { VectorStoreState } from '@promptside/backstage-plugin-genai-common';
import type { WorkloadFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import {
  about,
  assessWorkload,
  conditionEvidence,
  findCondition,
  type Assessment,
} from './assessWorkload';

/** An assessment in the words of vector stores. */
export type StoreAssessment = Omit<Assessment, 'state' | 'stage'> & {
  state: VectorStoreState;
};

/**
 * Phases of a CloudNativePG Cluster. Words that are not here are unknown, never healthy: the operator has changed and added
 * words from release to release.
 */
const CNPG_PHASES: Readonly<Record<string, VectorStoreState>> = {
  'Cluster in healthy state': 'Healthy',
  'Setting up primary': 'Down',
  'Creating a new replica': 'Degraded',
  'Waiting for the instances to become active': 'Degraded',
  'Applying configuration': 'Degraded',
  'Upgrading cluster': 'Degraded',
  'Upgrading Postgres major version': 'Down',
  'Online upgrade in progress': 'Degraded',
  'Primary instance is being restarted in-place': 'Degraded',
  'Primary instance is being restarted without a switchover': 'Degraded',
  'Switchover in progress': 'Degraded',
  'Promoting to primary cluster': 'Degraded',
  'Cluster upgrade delayed': 'Degraded',
  'Waiting for user action': 'Degraded',
  'Failing over': 'Degraded',
  'Cluster is unrecoverable and needs manual intervention': 'Down',
  // its words up to 1.15
  'Cluster is in an unrecoverable state, needs manual intervention': 'Down',
  'Not enough disk space': 'Degraded',
  'Unable to create required cluster objects': 'Down',
  'Invalid cluster definition': 'Down',
  'Cluster has incomplete or invalid image catalog': 'Down',
  'Cluster cannot proceed to reconciliation due to an unknown plugin being required':
    'Degraded',
  'Cluster cannot proceed to reconciliation due to an error while interacting with plugins':
    'Degraded',
  'Cluster cannot execute instance online upgrade due to missing architecture binary':
    'Degraded',
};

/** Words of the Milvus operator's `status.status`. */
const MILVUS_STATES: Readonly<Record<string, VectorStoreState>> = {
  Healthy: 'Healthy',
  Unhealthy: 'Down',
  Pending: 'Down',
  Deleting: 'Down',
  Stopped: 'Down',
};

/** State of a vector store that is a Deployment, a StatefulSet or an operator's resource. */
export function assessStore(
  state: ClusterState,
  store: WorkloadFact,
): StoreAssessment {
  if (store.resource === 'cnpgclusters') return assessCnpg(store);
  if (store.resource === 'milvuses') return assessMilvus(store);
  const { state: found, stage, ...rest } = assessWorkload(state, store);
  switch (found) {
    case 'Ready':
      return { state: 'Healthy', ...rest };
    case 'Degraded':
    case 'Unknown':
      return { state: found, ...rest };
    case 'Starting':
      // A store whose replicas all answer is not down because its controller lags behind.
      return {
        state: rest.replicas.ready > 0 ? 'Degraded' : 'Down',
        ...rest,
        reason: rest.reason ?? 'Starting',
        message: rest.message ?? `No replica is ready yet (${stage})`,
      };
    default:
      return { state: 'Down', ...rest };
  }
}

function assessCnpg(store: WorkloadFact): StoreAssessment {
  const { rollout, custom } = store;
  const { desired = 1, ready = 0, conditions = [] } = rollout ?? {};
  const replicas = { desired, ready };
  const phase = custom?.phase;
  if (!phase) return unknown(replicas, undefined);
  const said = CNPG_PHASES[phase];
  const notReady = findCondition(conditions, 'Ready', 'False');
  const evidence = [
    { ...about(store), reason: 'Phase', message: phase },
    ...(notReady ? [conditionEvidence(store, notReady)] : []),
  ];
  if (!said) {
    return { ...unknown(replicas, phase), evidence };
  }
  // The word and the numbers must agree before it is called healthy.
  if (said === 'Healthy' && ready >= desired && !notReady) {
    return { state: 'Healthy', evidence, replicas };
  }
  const message = [
    said === 'Healthy' ? `${ready} of ${desired} instances are ready` : phase,
    ...(custom?.message ? [custom.message] : []),
  ].join(': ');
  return {
    state: ready === 0 ? 'Down' : 'Degraded',
    reason: notReady?.reason ?? 'ClusterIsNotReady',
    message,
    evidence,
    replicas,
  };
}

function assessMilvus(store: WorkloadFact): StoreAssessment {
  const { rollout, custom } = store;
  const { desired = 0, ready = 0, conditions = [] } = rollout ?? {};
  const replicas = { desired, ready };
  const phase = custom?.phase;
  const said = phase === undefined ? undefined : MILVUS_STATES[phase];
  if (phase === undefined || !said) {
    return unknown(replicas, phase);
  }
  const failing = conditions.filter(
    ({ type, status }) => type.endsWith('Ready') && status === 'False',
  );
  const evidence = [
    { ...about(store), reason: phase, message: `Status ${phase}` },
    ...failing.map(condition => conditionEvidence(store, condition)),
  ];
  const { generation, observedGeneration } = rollout ?? {};
  const stale =
    generation !== undefined &&
    observedGeneration !== undefined &&
    observedGeneration < generation;
  if (said === 'Healthy' && failing.length === 0 && !stale) {
    return { state: 'Healthy', evidence, replicas };
  }
  const [first] = failing;
  return {
    state: said === 'Healthy' ? 'Degraded' : said,
    reason: first?.reason ?? (stale ? 'GenerationNotObserved' : phase),
    message:
      first?.message ??
      (stale
        ? 'The operator has not taken up the newest change yet'
        : `The operator says ${phase}`),
    evidence,
    replicas,
  };
}

function unknown(
  replicas: Assessment['replicas'],
  phase: string | undefined,
): StoreAssessment {
  return {
    state: 'Unknown',
    reason: 'StatusUnknown',
    message:
      phase === undefined
        ? 'The operator has not reported a status'
        : `The operator reports "${phase}", which is not known here`,
    evidence: [],
    replicas,
  };
}
