import type {
  GradedNumber,
  StoreStorage,
  StoreVolume,
} from '@promptside/backstage-plugin-genai-common';
import type { ClaimFact } from '../facts/Fact';
import type { ClusterState } from '../state/ClusterState';
import type { StoreWorkload } from '../vectorStores';

/** Fill of a volume as somebody measured it. @public */
export interface VolumeFill {
  usedBytes: number;
  capacityBytes: number;
  /** At the pace of late. */
  daysToFull?: number;
  /** ISO 8601 */
  measuredAt?: string;
}

/** Looks up the fill of a claim. @public */
export type FindVolumeFill = (
  namespace: string,
  claim: string,
) => VolumeFill | undefined;

const ROLES: Readonly<Record<string, StoreVolume['role']>> = {
  PG_DATA: 'Data',
  PG_WAL: 'Wal',
  PG_TABLESPACE: 'Tablespace',
};

/** Releases that Milvus' operator and chart make beside a Milvus. */
const MILVUS_HELPERS = [
  '',
  '-etcd',
  '-minio',
  '-pulsar',
  '-pulsarv3',
  '-kafka',
];

/** Claims of a store by name, with their fill where somebody measured it. */
export function deriveStoreVolumes(
  state: ClusterState,
  parts: readonly StoreWorkload[],
  findFill: FindVolumeFill = () => undefined,
): StoreVolume[] {
  const claims = new Map<
    string,
    { fact: ClaimFact; role: StoreVolume['role'] }
  >();
  for (const part of parts) {
    for (const found of claimsOf(state, part))
      claims.set(found.fact.name, found);
  }
  return [...claims.values()]
    .sort((left, right) => (left.fact.name < right.fact.name ? -1 : 1))
    .map(({ fact, role }) =>
      toVolume(fact, role, findFill(fact.namespace, fact.name)),
    );
}

/** Volumes together; the fullest one decides how full they are. `undefined` without volumes. */
export function sumVolumes(
  volumes: readonly StoreVolume[],
): StoreStorage | undefined {
  if (volumes.length === 0) return undefined;
  const sizeBytes = sumOf(volumes.map(volume => volume.sizeBytes));
  const usedBytes = sumOf(volumes.map(volume => volume.usedBytes));
  const usedRatio = extreme(
    volumes.map(volume => volume.usedRatio),
    Math.max,
  );
  const daysToFull = extreme(
    volumes.map(volume => volume.daysToFull),
    Math.min,
  );
  return {
    ...(sizeBytes ? { sizeBytes } : {}),
    ...(usedBytes ? { usedBytes } : {}),
    ...(usedRatio ? { usedRatio } : {}),
    ...(daysToFull ? { daysToFull } : {}),
    volumes: [...volumes],
  };
}

function* claimsOf(
  state: ClusterState,
  part: StoreWorkload,
): Iterable<{ fact: ClaimFact; role: StoreVolume['role'] }> {
  const { namespace, name, store, resource } = part;
  for (const claim of store.claims ?? []) {
    const fact = state.claim(namespace, claim);
    if (fact) yield { fact, role: 'Data' };
  }
  const prefixes = (store.claimTemplates ?? []).map(
    template => `${template}-${name}-`,
  );
  const releases =
    store.engine === 'milvus'
      ? MILVUS_HELPERS.map(
          helper =>
            `${resource === 'milvuses' ? name : (store.instance ?? name)}${helper}`,
        )
      : [];
  if (prefixes.length + releases.length === 0 && !store.cnpg) return;
  for (const fact of state.claims(namespace)) {
    if (store.cnpg && fact.cnpgCluster === name) {
      yield { fact, role: ROLES[fact.cnpgRole ?? ''] ?? 'Other' };
    } else if (
      prefixes.some(
        prefix =>
          fact.name.startsWith(prefix) &&
          /^\d+$/.test(fact.name.slice(prefix.length)),
      )
    ) {
      yield { fact, role: 'Data' };
    } else if (fact.instance && releases.includes(fact.instance)) {
      yield { fact, role: 'Other' };
    }
  }
}

function toVolume(
  { name, phase, requestBytes }: ClaimFact,
  role: StoreVolume['role'],
  fill: VolumeFill | undefined,
): StoreVolume {
  const base = { claim: name, role, ...(phase ? { phase } : {}) };
  if (!fill) {
    return {
      ...base,
      ...(requestBytes === undefined
        ? {}
        : { sizeBytes: { value: requestBytes, grade: 'requested' as const } }),
    };
  }
  const { usedBytes, capacityBytes, daysToFull, measuredAt } = fill;
  return {
    ...base,
    sizeBytes: { value: capacityBytes, grade: 'measured' },
    usedBytes: { value: usedBytes, grade: 'measured' },
    ...(capacityBytes > 0
      ? {
          usedRatio: {
            value: Math.min(1, usedBytes / capacityBytes),
            grade: 'measured' as const,
          },
        }
      : {}),
    ...(daysToFull === undefined
      ? {}
      : { daysToFull: { value: daysToFull, grade: 'estimated' as const } }),
    ...(measuredAt ? { measuredAt } : {}),
  };
}

/** One that is not known makes the sum unknown, not smaller; the weakest grade counts. */
function sumOf(
  parts: readonly (GradedNumber | undefined)[],
): GradedNumber | undefined {
  const known = parts.filter(part => part !== undefined);
  if (known.length < parts.length) return undefined;
  return {
    value: known.reduce((total, { value }) => total + value, 0),
    grade: known.some(({ grade }) => grade === 'requested')
      ? 'requested'
      : known[0].grade,
  };
}

function extreme(
  parts: readonly (GradedNumber | undefined)[],
  pick: (...values: number[]) => number,
): GradedNumber | undefined {
  const known = parts.filter(part => part !== undefined);
  return known.length === 0
    ? undefined
    : { ...known[0], value: pick(...known.map(({ value }) => value)) };
}
