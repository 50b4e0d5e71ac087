import type { BackupFact, BackupScheduleFact } from '../facts/Fact';
import { MultiMap } from './MultiMap';

/** Backups and their schedules by the CloudNativePG cluster that they are of. */
export class BackupTable {
  readonly #backups = new MultiMap<BackupFact>();
  readonly #schedules = new MultiMap<BackupScheduleFact>();

  add(fact: BackupFact | BackupScheduleFact): void {
    if (fact.resource === 'cnpgbackups') this.#backups.add(keyOf(fact), fact);
    else this.#schedules.add(keyOf(fact), fact);
  }

  remove(fact: BackupFact | BackupScheduleFact): void {
    if (fact.resource === 'cnpgbackups') {
      this.#backups.delete(keyOf(fact), fact);
    } else {
      this.#schedules.delete(keyOf(fact), fact);
    }
  }

  backupsOf(namespace: string, cluster: string): Iterable<BackupFact> {
    return this.#backups.get(`${namespace}/${cluster}`);
  }

  schedulesOf(
    namespace: string,
    cluster: string,
  ): Iterable<BackupScheduleFact> {
    return this.#schedules.get(`${namespace}/${cluster}`);
  }
}

function keyOf({ namespace, cluster }: BackupFact | BackupScheduleFact) {
  return `${namespace}/${cluster}`;
}
