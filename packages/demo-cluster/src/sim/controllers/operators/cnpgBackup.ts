import { Cluster } from '../../Cluster';
import { objectKey, SimController, splitKey } from '../../SimController';

const DAY_MS = 86_400_000;

/**
 * Backups of CloudNativePG: one for a ScheduledBackup that has none of today, as its operator would have made it while the demo
 * was off, and an end for every Backup. Nothing is really saved.
 */
export function createCnpgBackupController(cluster: Cluster): SimController {
  const finish = (key: string) => {
    const backup = cluster.get('backups', ...splitKey(key));
    if (!backup || backup.status?.phase) return;
    const now = cluster.timestamp();
    cluster.modify(
      'backups',
      backup,
      current => ({
        ...current,
        status: {
          phase: 'completed',
          method: current.spec.method ?? 'barmanObjectStore',
          startedAt: now,
          stoppedAt: now,
        },
      }),
      'status',
    );
  };

  const schedule = (key: string) => {
    const plan = cluster.get('scheduledbackups', ...splitKey(key));
    if (!plan || plan.spec.suspend) return;
    const { namespace, name } = plan.metadata;
    const isRecent = (at: string | undefined) =>
      at !== undefined && cluster.clock.now() - Date.parse(at) < DAY_MS;
    const own = cluster
      .list('backups', namespace)
      .filter(({ spec }) => spec.cluster.name === plan.spec.cluster.name);
    if (own.some(({ metadata }) => isRecent(metadata.creationTimestamp))) {
      return;
    }
    const now = cluster.timestamp();
    cluster.create('backups', {
      apiVersion: plan.apiVersion,
      kind: 'Backup',
      metadata: {
        name: `${name}-${now.replace(/\D/g, '').slice(0, 14)}`,
        namespace,
        labels: { 'cnpg.io/cluster': plan.spec.cluster.name },
      },
      spec: { cluster: plan.spec.cluster, method: plan.spec.method },
    });
    cluster.modify(
      'scheduledbackups',
      plan,
      current => ({
        ...current,
        status: { ...current.status, lastScheduleTime: now },
      }),
      'status',
    );
  };

  return {
    name: 'cloudnative-pg-backup',
    initialKeys: () => [
      ...cluster.list('backups').map(each => `backups/${objectKey(each)}`),
      ...cluster
        .list('scheduledbackups')
        .map(each => `scheduledbackups/${objectKey(each)}`),
    ],
    keysOf: ({ resource, object }) =>
      resource === 'backups' || resource === 'scheduledbackups'
        ? [`${resource}/${objectKey(object)}`]
        : [],
    reconcile(key) {
      const [resource, ...rest] = key.split('/');
      if (resource === 'backups') finish(rest.join('/'));
      else schedule(rest.join('/'));
    },
  };
}
