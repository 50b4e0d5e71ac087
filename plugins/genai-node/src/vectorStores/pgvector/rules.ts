import { checkRedundancy, collectionsOf, commonRules } from '../commonRules';
import { namesOf } from '../namesOf';
import { fail, pass } from '../ruleWords';
import type { StoreObservation } from '../StoreObservation';
import type { RuleCheck } from '../VectorStoreSpoke';
import { PGVECTOR_LIMITS } from './dimensions';

/** Rules of pgvector; those about instances, volumes and WAL only where CloudNativePG tells of them. */
export function pgvectorRules(observation: StoreObservation): RuleCheck[] {
  return [
    ...checkPrimary(observation),
    ...checkRedundancy(observation),
    ...checkSynchronous(observation),
    ...checkVolumes(observation),
    ...checkArchiving(observation),
    ...checkDimensions(observation),
    ...commonRules(observation),
  ];
}

function checkPrimary({ parts }: StoreObservation): RuleCheck[] {
  const { cnpg } = parts[0].store;
  if (!cnpg) return [];
  const { primary, targetPrimary, primaryFailingSince } = cnpg;
  if (targetPrimary && primary && targetPrimary !== primary) {
    const next =
      targetPrimary === 'pending' ? 'no instance yet' : targetPrimary;
    return [
      fail('Primary', 'Degraded', {
        reason: 'Failover',
        message: `${primary} hands over to ${next}: writes wait`,
      }),
    ];
  }
  if (primaryFailingSince) {
    return [
      fail('Primary', 'Degraded', {
        reason: 'PrimaryFailing',
        message: `The primary ${primary ?? ''} is failing since ${primaryFailingSince}`,
      }),
    ];
  }
  return primary
    ? [pass('Primary', { message: `${primary} takes the writes` })]
    : [];
}

function checkSynchronous({ parts, replicas }: StoreObservation): RuleCheck[] {
  const { cnpg } = parts[0].store;
  if (!cnpg || replicas.desired < 2) return [];
  return cnpg.synchronousCount > 0
    ? [pass('SynchronousReplication')]
    : [
        fail('SynchronousReplication', 'Notice', {
          reason: 'AsynchronousOnly',
          message:
            'No standby is synchronous: a failover can lose the newest writes',
        }),
      ];
}

function checkVolumes({ parts }: StoreObservation): RuleCheck[] {
  const { cnpg } = parts[0].store;
  if (!cnpg) return [];
  const { danglingClaims, unusableClaims } = cnpg;
  if (unusableClaims.length > 0) {
    return [
      fail('Claims', 'Degraded', {
        reason: 'UnusableClaim',
        message: `Claims that cannot be used: ${namesOf(unusableClaims)}`,
      }),
    ];
  }
  return danglingClaims.length > 0
    ? [
        fail('Claims', 'Degraded', {
          reason: 'DanglingClaim',
          message: `Claims without an instance: ${namesOf(danglingClaims)}`,
        }),
      ]
    : [pass('Claims')];
}

function checkArchiving({ parts }: StoreObservation): RuleCheck[] {
  const [{ store, rollout }] = parts;
  const condition = rollout?.conditions.find(
    ({ type }) => type === 'ContinuousArchiving',
  );
  if (!store.cnpg) return [];
  if (condition?.status === 'False') {
    return [
      fail('WalArchiving', 'Degraded', {
        reason: condition.reason ?? 'WalArchivingFailing',
        message: `WAL is not archived: ${condition.message ?? 'the operator tells no more'}`,
      }),
    ];
  }
  // CloudNativePG reports it as True also where nothing is configured to archive to.
  return store.cnpg.archivesWal && condition?.status === 'True'
    ? [pass('WalArchiving')]
    : [];
}

function checkDimensions(observation: StoreObservation): RuleCheck[] {
  const over = collectionsOf(observation).filter(
    ({ dimension, indexState }) =>
      dimension !== undefined &&
      dimension > PGVECTOR_LIMITS.vectorIndex &&
      indexState === 'Missing',
  );
  return over.length === 0
    ? []
    : [
        fail('Dimensions', 'Notice', {
          reason: 'DimensionNotIndexable',
          message: `${namesOf(
            over.map(({ name, dimension }) => `${name} (${dimension})`),
          )}: pgvector indexes at most ${PGVECTOR_LIMITS.vectorIndex} dimensions as vector and ${PGVECTOR_LIMITS.halfvecIndex} as halfvec`,
        }),
      ];
}
