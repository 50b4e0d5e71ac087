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
  const labels = object.metadata.labels ?? {};
  const instance = labels[LABELS.instance];
  const cnpgCluster = labels['cnpg.io/cluster'];
  const cnpgRole = labels['cnpg.io/pvcRole'];
  return {
    resource: 'persistentvolumeclaims',
    ...identityOf(object),
    ...(phase ? { phase: intern(phase) } : {}),
    ...(requestBytes === undefined ? {} : { requestBytes }),
    ...(instance ? { instance: intern(instance) } : {}),
    ...(cnpgCluster ? { cnpgCluster: intern(cnpgCluster) } : {}),
    ...(cnpgRole ? { cnpgRole: intern(cnpgRole) } : {}),
  };
}
