import { LABELS } from '@promptside/backstage-plugin-genai-common';
import { parseQuantity } from '../quantities';
import type { WorkloadFact } from './Fact';
import { asNamespaced } from './identity';
import { linkOf, readConditions } from './projectWorkload';
import type { CnpgFact } from './StoreStatusFact';

interface RawCluster {
  spec?: {
    instances?: number;
    imageName?: string;
    storage?: RawStorage;
    walStorage?: RawStorage;
    postgresql?: {
      extensions?: { name?: string }[];
      synchronous?: { number?: number };
    };
    /** Of operators before 1.24. */
    minSyncReplicas?: number;
    backup?: { barmanObjectStore?: unknown };
    plugins?: { enabled?: boolean; isWALArchiver?: boolean }[];
    bootstrap?: {
      initdb?: {
        postInitApplicationSQL?: string[];
        postInitSQL?: string[];
        postInitTemplateSQL?: string[];
      };
    };
  };
  status?: {
    phase?: string;
    phaseReason?: string;
    readyInstances?: number;
    writeService?: string;
    image?: string;
    currentPrimary?: string;
    targetPrimary?: string;
    currentPrimaryTimestamp?: string;
    currentPrimaryFailingSinceTimestamp?: string;
    danglingPVC?: string[];
    unusablePVC?: string[];
    lastSuccessfulBackup?: string;
    lastFailedBackup?: string;
  };
}

interface RawStorage {
  size?: string;
  pvcTemplate?: { resources?: { requests?: { storage?: string } } };
}

/**
 * A CloudNativePG Cluster that is a vector store: it says so by our label, by an image or an extension of pgvector, or by
 * creating the extension at bootstrap. Any other PostgreSQL cluster is none of ours.
 */
export function projectCluster(raw: unknown): WorkloadFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const { spec, status } = raw as RawCluster;
  if (
    object.metadata.labels?.[LABELS.purpose] !== 'vector-store' &&
    !saysPgvector(spec)
  ) {
    return undefined;
  }
  const perInstance = sum(sizeOf(spec?.storage), sizeOf(spec?.walStorage));
  const desired = spec?.instances ?? 1;
  const version = /:([^:@/]+)(?:@.*)?$/.exec(
    status?.image ?? spec?.imageName ?? '',
  )?.[1];
  const { creationTimestamp, name, namespace } = object.metadata;
  return {
    ...linkOf(object, 'cnpgclusters', 'Cluster'),
    ...(creationTimestamp ? { createdAt: creationTimestamp } : {}),
    store: {
      engine: 'pgvector',
      port: 5432,
      ...(version ? { version } : {}),
      // The operator always claims volumes.
      persistence: 'Persistent',
      ...(perInstance === undefined ? {} : { templateBytes: perInstance }),
      cnpg: readStatus(spec, status),
    },
    rollout: {
      desired,
      ready: status?.readyInstances ?? 0,
      updated: 0,
      conditions: readConditions(object),
    },
    custom: {
      ...(status?.phase ? { phase: status.phase } : {}),
      ...(status?.phaseReason ? { message: status.phaseReason } : {}),
      url: `postgresql://${status?.writeService ?? `${name}-rw`}.${namespace}.svc:5432`,
    },
  };
}

function readStatus(
  spec: RawCluster['spec'],
  status: RawCluster['status'] = {},
): CnpgFact {
  const {
    currentPrimary,
    targetPrimary,
    currentPrimaryTimestamp,
    currentPrimaryFailingSinceTimestamp,
    danglingPVC = [],
    unusablePVC = [],
    lastSuccessfulBackup,
    lastFailedBackup,
  } = status;
  return {
    ...(currentPrimary ? { primary: currentPrimary } : {}),
    ...(targetPrimary ? { targetPrimary } : {}),
    ...(currentPrimaryTimestamp
      ? { primarySince: currentPrimaryTimestamp }
      : {}),
    ...(currentPrimaryFailingSinceTimestamp
      ? { primaryFailingSince: currentPrimaryFailingSinceTimestamp }
      : {}),
    danglingClaims: danglingPVC,
    unusableClaims: unusablePVC,
    synchronousCount:
      spec?.postgresql?.synchronous?.number ?? spec?.minSyncReplicas ?? 0,
    walVolume: spec?.walStorage !== undefined,
    archivesWal:
      spec?.backup?.barmanObjectStore !== undefined ||
      (spec?.plugins ?? []).some(
        ({ enabled, isWALArchiver }) => enabled !== false && isWALArchiver,
      ),
    ...(lastSuccessfulBackup
      ? { lastSucceededBackupAt: lastSuccessfulBackup }
      : {}),
    ...(lastFailedBackup ? { lastFailedBackupAt: lastFailedBackup } : {}),
  };
}

/** The size may stand beside the template or inside it. */
function sizeOf(storage: RawStorage | undefined): number | undefined {
  return (
    parseQuantity(storage?.size) ??
    parseQuantity(storage?.pvcTemplate?.resources?.requests?.storage)
  );
}

function saysPgvector(spec: RawCluster['spec']): boolean {
  const { postInitApplicationSQL, postInitSQL, postInitTemplateSQL } =
    spec?.bootstrap?.initdb ?? {};
  const statements = [
    postInitApplicationSQL,
    postInitSQL,
    postInitTemplateSQL,
  ].flatMap(list => list ?? []);
  return (
    /pgvector/i.test(spec?.imageName ?? '') ||
    (spec?.postgresql?.extensions ?? []).some(
      ({ name }) => name === 'pgvector' || name === 'vector',
    ) ||
    statements.some(sql =>
      /create\s+extension\s+(if\s+not\s+exists\s+)?"?vector"?\b/i.test(sql),
    )
  );
}

function sum(...parts: (number | undefined)[]): number | undefined {
  const known = parts.filter(part => part !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => a + b);
}
