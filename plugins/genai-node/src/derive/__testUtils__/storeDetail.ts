import {
  vectorStoreDetailSchema,
  type VectorStoreHealth,
} from '@promptside/backstage-plugin-genai-common';
import type { ClusterState } from '../../state/ClusterState';
import type { ProbeReading, StoredProbe } from '../../vectorStores';
import { deriveVectorStoreDetail } from '../deriveVectorStores';
import type { StoreKnowledge } from '../observeStore';

export const NOW = Date.parse('2026-11-02T08:00:00Z');
export const REF = { cluster: 'test', namespace: 'team-a', name: 'docs' };

export function detailOf(
  state: ClusterState,
  knowledge: Partial<StoreKnowledge> = {},
) {
  const detail = deriveVectorStoreDetail([state], REF, {
    now: NOW,
    ...knowledge,
  });
  expect(
    vectorStoreDetailSchema.safeParse({ ...detail, clusters: [] }).success,
  ).toBe(true);
  return detail!;
}

export const failures = ({ checks }: VectorStoreHealth) =>
  checks
    .filter(({ outcome }) => outcome === 'Fail')
    .map(({ reason, impact }) => `${reason} ${impact}`);

export const backup = (phase: string, stoppedAt: string) => ({
  kind: 'Backup',
  metadata: { name: `docs-${phase}`, namespace: 'team-a' },
  spec: { cluster: { name: 'docs' }, method: 'plugin' },
  status: { phase, startedAt: stoppedAt, stoppedAt, error: 'bucket is gone' },
});

export const schedule = {
  kind: 'ScheduledBackup',
  metadata: { name: 'docs', namespace: 'team-a' },
  spec: { cluster: { name: 'docs' }, schedule: '0 0 2 * * *' },
};

export const claim = (name: string, labels: object, size = '20Gi') => ({
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace: 'team-a', labels },
  spec: { resources: { requests: { storage: size } } },
  status: { phase: 'Bound' },
});

export const reading = (more: Partial<ProbeReading> = {}): ProbeReading => ({
  checks: [{ name: 'Reachable', outcome: 'Pass', latencyMs: 5 }],
  collections: [],
  latencyMs: 5,
  ...more,
});

export const probed = (...readings: ProbeReading[]) => ({
  findProbe: (): StoredProbe => ({
    checkedAt: '2026-11-02T07:59:50.000Z',
    readings,
  }),
});
