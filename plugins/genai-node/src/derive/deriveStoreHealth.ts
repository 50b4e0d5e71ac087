import type {
  IndexState,
  StorePrimary,
  StoreProbe,
  VectorStoreHealth,
} from '@promptside/backstage-plugin-genai-common';
import type { ClusterState } from '../state/ClusterState';
import {
  vectorStoreOf,
  type RuleCheck,
  type StoredProbe,
  type StoreObservation,
} from '../vectorStores';
import { sumVolumes } from './deriveStoreVolumes';
import type { StoreGroup } from './groupStores';
import { judgeStore } from './judgeStore';
import { observeStore, type StoreKnowledge } from './observeStore';
import type { StoreAssessment } from './assessStore';

/** Collections of one answer. */
const MAX_COLLECTIONS = 200;

/** The worst first. */
const INDEX_STATES: readonly IndexState[] = [
  'Invalid',
  'Building',
  'Missing',
  'Unknown',
  'Ready',
];

/** Health of a store with the words for its row. */
export interface StoreHealth {
  health: VectorStoreHealth;
  assessment: StoreAssessment;
  observation: StoreObservation;
  reason?: string;
  message?: string;
}

/** The one health contract, from state, probes and rules. */
export function deriveStoreHealth(
  state: ClusterState,
  group: StoreGroup,
  knowledge: StoreKnowledge,
): StoreHealth {
  const { observation, assessment } = observeStore(state, group, knowledge);
  const { probe, volumes, backup } = observation;
  const readings = probe?.readings ?? [];
  const spoke = vectorStoreOf(group.parts[0].store.engine);
  const { checks, reason, message, ...judged } = judgeStore(
    assessment,
    [...probeChecks(probe), ...spoke.rules(observation)],
    new Date(knowledge.now).toISOString(),
  );
  const collections = readings.flatMap(reading => reading.collections);
  const counts = readings.flatMap(reading => reading.collectionCount ?? []);
  const version = readings.find(reading => reading.reportedVersion);
  const storage = sumVolumes(volumes);
  const primary = primaryOf(observation);
  return {
    assessment,
    observation,
    ...(reason ? { reason } : {}),
    ...(message ? { message } : {}),
    health: {
      ...judged,
      checks,
      replicas: assessment.replicas,
      ...(primary ? { primary } : {}),
      ...(storage ? { storage } : {}),
      backup,
      indexState:
        INDEX_STATES.find(wanted =>
          collections.some(({ indexState }) => indexState === wanted),
        ) ?? 'Unknown',
      collections: [...collections]
        .sort((left, right) => (left.name < right.name ? -1 : 1))
        .slice(0, MAX_COLLECTIONS),
      ...(counts.length > 0
        ? { collectionCount: counts.reduce((sum, count) => sum + count, 0) }
        : {}),
      ...(version ? { reportedVersion: version.reportedVersion } : {}),
      probe: toProbe(probe, knowledge),
    },
  };
}

function probeChecks(probe: StoredProbe | undefined): RuleCheck[] {
  return (probe?.readings ?? []).flatMap(({ checks }) =>
    checks.map(check => ({ checkedAt: probe!.checkedAt, ...check })),
  );
}

function primaryOf({ parts }: StoreObservation): StorePrimary | undefined {
  const { primary, targetPrimary, primarySince } = parts[0].store.cnpg ?? {};
  if (!primary) return undefined;
  return {
    name: primary,
    ...(targetPrimary && targetPrimary !== primary
      ? { target: targetPrimary }
      : {}),
    ...(primarySince ? { since: primarySince } : {}),
  };
}

function toProbe(
  probe: StoredProbe | undefined,
  { findProbe }: StoreKnowledge,
): StoreProbe {
  if (!findProbe) {
    return { state: 'NotProbed', message: 'Probes are switched off' };
  }
  if (!probe) return { state: 'Pending' };
  const { checkedAt, readings } = probe;
  const asked = readings.filter(({ notProbed }) => notProbed === undefined);
  if (asked.length === 0) {
    const message = readings[0]?.notProbed;
    return { state: 'NotProbed', ...(message ? { message } : {}), checkedAt };
  }
  const good = asked.find(({ fault }) => !fault);
  const { latencyMs } = good ?? {};
  const fault = asked.find(reading => reading.fault)?.fault;
  return {
    state: good ? 'Answered' : 'Failed',
    ...(fault ? { fault } : {}),
    ...(latencyMs === undefined
      ? {}
      : { latencyMs: { value: latencyMs, grade: 'measured' as const } }),
    checkedAt,
  };
}
