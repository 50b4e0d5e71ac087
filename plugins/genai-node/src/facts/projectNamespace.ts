import { ANNOTATIONS } from '@promptside/backstage-plugin-genai-common';
import { readClaim } from './claims';
import type { NamespaceFact } from './Fact';
import { asIdentified } from './identity';

/** Owner of a namespace, and whether the cluster calls itself simulated (on any Namespace). */
export function projectNamespace(raw: unknown): NamespaceFact | undefined {
  const object = asIdentified(raw);
  if (!object) return undefined;
  const { uid, name, annotations } = object.metadata;
  const { owner } = readClaim(object.metadata);
  return {
    resource: 'namespaces',
    uid,
    name,
    ...(owner ? { owner } : {}),
    ...(annotations?.[ANNOTATIONS.simulated] === 'true'
      ? { simulated: true }
      : {}),
  };
}
