/** From where on a number is a fault. Times in milliseconds. @public */
export interface StoreThresholds {
  /** Fill of a volume, 0 to 1. */
  storageWarnRatio: number;
  /** Fill at which writes are about to fail. */
  storageFullRatio: number;
  /** Days until a volume is full, at the pace of late. */
  daysToFull: number;
  /** A backup may be this much older than its schedule's interval. */
  backupGraceRatio: number;
  /** Age of the last backup where no schedule says more. */
  backupMaxAgeMs: number;
  /** An answer that takes longer is slow. */
  slowAnswerMs: number;
  /** Lag of a replica behind the primary. */
  replicationLagMs: number;
  /** WAL files that wait for their archive. */
  walReadyCount: number;
  /** Dead rows as a part of all, from where on an index over vectors is bloated. */
  deadRowRatio: number;
}

/** @public */
export const DEFAULT_STORE_THRESHOLDS: StoreThresholds = {
  storageWarnRatio: 0.8,
  storageFullRatio: 0.95,
  daysToFull: 7,
  backupGraceRatio: 1.5,
  backupMaxAgeMs: 36 * 3_600_000,
  slowAnswerMs: 2_000,
  replicationLagMs: 300_000,
  // 16 MB each: half a GB that a lost primary would take with it
  walReadyCount: 32,
  deadRowRatio: 0.3,
};
