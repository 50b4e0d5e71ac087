import type { ClusterState } from '../state/ClusterState';
import {
  DEFAULT_STORE_THRESHOLDS,
  type StoredProbe,
  type StoreObservation,
  type StoreThresholds,
} from '../vectorStores';
import { assessBackups } from '../vectorStores/assessBackups';
import { assessStore, type StoreAssessment } from './assessStore';
import { deriveStoreVolumes, type VolumeFill } from './deriveStoreVolumes';
import type { StoreGroup } from './groupStores';

/** What is known of stores beside the Kubernetes API. @public */
export interface StoreKnowledge {
  /** Milliseconds since the epoch. */
  now: number;
  thresholds?: StoreThresholds;
  /** The last probe of the store whose first workload has that uid. Absent: nobody probes. */
  findProbe?(cluster: string, uid: string): StoredProbe | undefined;
  findFill?(
    cluster: string,
    namespace: string,
    claim: string,
  ): VolumeFill | undefined;
}

/** All that rules see of a store, and what the Kubernetes API says of it. */
export function observeStore(
  state: ClusterState,
  { parts }: StoreGroup,
  knowledge: StoreKnowledge,
): { observation: StoreObservation; assessment: StoreAssessment } {
  const { now, thresholds = DEFAULT_STORE_THRESHOLDS } = knowledge;
  const [first] = parts;
  const { namespace, name, store, uid } = first;
  const assessment = combine(parts.map(part => assessStore(state, part)));
  const backups = store.cnpg ? [...state.backupsOf(namespace, name)] : [];
  const schedules = store.cnpg
    ? [...state.backupSchedulesOf(namespace, name)]
    : [];
  const probe = knowledge.findProbe?.(state.name, uid);
  return {
    assessment,
    observation: {
      now,
      thresholds,
      parts,
      replicas: assessment.replicas,
      // Stateless components of Milvus say nothing about where its rows are.
      persistence:
        store.engine === 'milvus' && store.persistence === 'Ephemeral'
          ? 'Unknown'
          : store.persistence,
      pods: parts.flatMap(part => state.podsOf(part.uid)),
      volumes: deriveStoreVolumes(state, parts, (home, claim) =>
        knowledge.findFill?.(state.name, home, claim),
      ),
      backups,
      schedules,
      backup: store.cnpg
        ? assessBackups({
            backups,
            schedules,
            said: store.cnpg,
            known:
              state.has('cnpgbackups') && state.has('cnpgscheduledbackups'),
            now,
            thresholds,
          })
        : { state: 'Unknown' },
      ...(probe ? { probe } : {}),
    },
  };
}

/** Components that need each other are as well as the worst of them. */
function combine(parts: StoreAssessment[]): StoreAssessment {
  const order = ['Down', 'Unknown', 'Degraded', 'Healthy'];
  const [worst] = [...parts].sort(
    (left, right) => order.indexOf(left.state) - order.indexOf(right.state),
  );
  const sum = (key: 'desired' | 'ready') =>
    parts.reduce((total, { replicas }) => total + replicas[key], 0);
  return {
    ...worst,
    replicas: { desired: sum('desired'), ready: sum('ready') },
  };
}
