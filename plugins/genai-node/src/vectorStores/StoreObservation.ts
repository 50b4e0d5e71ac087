import type {
  StoreBackup,
  StoreVolume,
} from '@promptside/backstage-plugin-genai-common';
import type {
  BackupFact,
  BackupScheduleFact,
  PodFact,
  StoreFact,
  WorkloadFact,
} from '../facts/Fact';
import type { ProbeReading } from './ProbePlan';
import type { StoreThresholds } from './thresholds';

/** A workload that is a vector store or a component of one. @public */
export type StoreWorkload = WorkloadFact & { store: StoreFact };

/** The last probe of a store. @public */
export interface StoredProbe {
  /** ISO 8601 */
  checkedAt: string;
  readings: readonly ProbeReading[];
}

/** Everything that rules see of one store. @public */
export interface StoreObservation {
  /** Milliseconds since the epoch. */
  now: number;
  thresholds: StoreThresholds;
  /** Its workloads; the first names it. */
  parts: readonly StoreWorkload[];
  replicas: { desired: number; ready: number };
  persistence: StoreFact['persistence'];
  pods: readonly PodFact[];
  volumes: readonly StoreVolume[];
  backup: StoreBackup;
  backups: readonly BackupFact[];
  schedules: readonly BackupScheduleFact[];
  /** Absent before the first one. */
  probe?: StoredProbe;
}
