import { parseEntityRef } from '@backstage/catalog-model';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { BreakableText } from '../facts/BreakableText';
import { entityName } from './entityName';

/** @public */
export interface EntityLinkProps {
  /** Full entity ref, as Kubernetes objects carry it: not checked against the catalog. */
  entityRef: string;
}

/**
 * Link to a catalog entity by its short name. What is written on a Kubernetes object need not be a valid ref: the plain
 * text stands then, instead of a broken page.
 *
 * @public
 */
export function EntityLink({ entityRef }: EntityLinkProps) {
  const entityRoute = useRouteRef(entityRouteRef);
  const compound = parse(entityRef);
  if (!compound) return <>{entityRef}</>;
  return (
    <Link to={entityRoute(entityRouteParams(compound, { encodeParams: true }))}>
      <BreakableText text={entityName(entityRef)} />
    </Link>
  );
}

function parse(entityRef: string) {
  try {
    return parseEntityRef(entityRef);
  } catch {
    return undefined;
  }
}
