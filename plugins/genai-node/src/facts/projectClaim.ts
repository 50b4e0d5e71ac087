import { LABELS } from '@promptside/backstage-plugin-genai-common';
import { parseQuantity } from '../quantities';
import type { ClaimFact } from './Fact';
import { asNamespaced, identityOf } from './identity';
import { intern } from './intern';

/** Size and phase of a PersistentVolumeClaim. */
export function projectClaim(raw: unknown): ClaimFact | undefined {
  const object = asNamespaced(raw);
  if (!object) return undefined;
  const requestBytes = parseQuantity(object.spec?.resources?.requests?.storage);
  const phase = object.status?.phase;
  const instance = object.metadata.labels?.[LABELS.instance];
  return {
    resource: 'persistentvolumeclaims',
    ...identityOf(object),
    ...(phase ? { phase: intern(phase) } : {}),
    ...(requestBytes === undefined ? {} : { requestBytes }),
    ...(instance ? { instance: intern(instance) } : {}),
  };
}
