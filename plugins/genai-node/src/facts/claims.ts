import { ANNOTATIONS, LABELS } from '@promptside/backstage-plugin-genai-common';
import type { CatalogClaim, OwnerLink } from './Fact';
import { intern } from './intern';
import type { RawMeta } from './raw';

/** What an object says about the catalog; refs are compared in lower case, as the catalog does. */
export function readClaim(meta: RawMeta): CatalogClaim {
  const entityRef = readRef(meta, ANNOTATIONS.entityRef);
  const owner = readRef(meta, ANNOTATIONS.owner);
  const kubernetesId = meta.labels?.[LABELS.kubernetesId];
  return {
    ...(entityRef ? { entityRef } : {}),
    ...(owner ? { owner } : {}),
    ...(kubernetesId ? { kubernetesId: intern(kubernetesId) } : {}),
  };
}

function readRef(meta: RawMeta, key: string): string | undefined {
  const value = meta.annotations?.[key]?.trim();
  return value ? intern(value.toLocaleLowerCase('en-US')) : undefined;
}

/** The controlling owner, the one link of an owner chain. */
export function readController(meta: RawMeta): OwnerLink | undefined {
  const owner = meta.ownerReferences?.find(reference => reference.controller);
  return owner?.uid && owner.kind && owner.name
    ? { kind: intern(owner.kind), name: intern(owner.name), uid: owner.uid }
    : undefined;
}
