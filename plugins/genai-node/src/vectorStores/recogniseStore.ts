import { LABELS } from '@promptside/backstage-plugin-genai-common';
import type { StoreFact } from '../facts/Fact';
import type { RawPodSpec, RawVolume } from '../facts/raw';
import type { WorkloadView } from '../facts/WorkloadView';
import { allVectorStores } from './registry';
import type { VectorStoreRecogniser } from './VectorStoreRecogniser';

/** Claim templates of a StatefulSet. */
interface ClaimTemplates {
  /** Their sum. */
  bytes?: number;
  names?: readonly string[];
}

/** What a pod template says of a vector store; `undefined` when it is none. */
export function recogniseStore(
  view: WorkloadView,
  spec: RawPodSpec | undefined,
  templates: ClaimTemplates = {},
  added: readonly VectorStoreRecogniser[] = [],
): StoreFact | undefined {
  const { bytes: templateBytes, names = [] } = templates;
  for (const { engine, port, matches } of [...added, ...allVectorStores()]) {
    const container = view.containers.find(candidate =>
      matches(candidate, view),
    );
    if (!container) continue;
    const claims = (spec?.volumes ?? []).flatMap(
      volume => volume.persistentVolumeClaim?.claimName ?? [],
    );
    const instance = view.labels[LABELS.instance];
    return {
      engine,
      port,
      ...(container.tag ? { version: container.tag } : {}),
      ...(instance ? { instance } : {}),
      persistence: persistenceOf(claims, spec?.volumes, templateBytes),
      ...(templateBytes === undefined ? {} : { templateBytes }),
      ...(names.length === 0 ? {} : { claimTemplates: names }),
      ...(claims.length === 0 ? {} : { claims }),
    };
  }
  return undefined;
}

function persistenceOf(
  claims: readonly string[],
  volumes: readonly RawVolume[] | undefined,
  templateBytes: number | undefined,
): StoreFact['persistence'] {
  if (claims.length > 0 || templateBytes !== undefined) return 'Persistent';
  // Volumes of other kinds (host paths, NFS, CSI) may outlive the pod; whether they do is not ours to guess.
  const passing: (keyof RawVolume)[] = [
    'emptyDir',
    'configMap',
    'secret',
    'downwardAPI',
    'projected',
  ];
  const lasting = (volumes ?? []).some(
    volume => !passing.some(kind => volume[kind] !== undefined),
  );
  return lasting ? 'Unknown' : 'Ephemeral';
}
