import type { VectorStoreSpec } from '@promptside/backstage-plugin-genai-common';
import {
  checkedVectorStoreSpec,
  defaultStoreReplicas,
} from '@promptside/backstage-plugin-genai-node';

/** What a form gives of a vector store; everything else has a default. */
export interface VectorStoreFormValues {
  name: string;
  owner: string;
  engine: VectorStoreSpec['spec']['engine'];
  target: { cluster: string; namespace: string };
  description?: string;
  system?: string;
  replicas?: number;
  size?: string;
  storageClassName?: string;
  walSize?: string;
  clients?: string[];
  backup?: {
    method?: string;
    schedule?: string;
    objectStore?: string;
    volumeSnapshotClassName?: string;
  };
  poolerInstances?: number;
}

const DEFAULT_SIZE = '20Gi';

/** Every night, in the six fields of CloudNativePG. */
const DEFAULT_SCHEDULE = '0 0 2 * * *';

/**
 * The spec for the values of a form.
 *
 * @throws InputError that names every field that cannot be
 */
export function composeVectorStoreSpec(
  values: VectorStoreFormValues,
): VectorStoreSpec {
  const { name, owner, engine, target, description, system } = values;
  const { method = 'None', schedule, ...backup } = values.backup ?? {};
  const isPostgres = engine === 'pgvector';
  return checkedVectorStoreSpec({
    apiVersion: 'promptside.io/v1',
    kind: 'VectorStore',
    metadata: {
      name,
      ...(description ? { description } : {}),
      owner,
      ...(system ? { system } : {}),
    },
    spec: {
      engine,
      target: { cluster: target.cluster, namespace: target.namespace },
      replicas: values.replicas ?? defaultStoreReplicas(engine),
      storage: {
        size: values.size ?? DEFAULT_SIZE,
        ...(values.storageClassName
          ? { storageClassName: values.storageClassName }
          : {}),
        // a form may keep what was chosen for another engine
        ...(isPostgres && values.walSize ? { walSize: values.walSize } : {}),
      },
      ...(values.clients && values.clients.length > 0
        ? { clients: values.clients }
        : {}),
      ...(isPostgres && method !== 'None'
        ? {
            backup: {
              schedule: schedule ?? DEFAULT_SCHEDULE,
              method,
              ...present(backup),
            },
          }
        : {}),
      ...(isPostgres && values.poolerInstances
        ? { pooler: { instances: values.poolerInstances } }
        : {}),
    },
  });
}

function present(fields: Record<string, unknown>) {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== '',
    ),
  );
}
