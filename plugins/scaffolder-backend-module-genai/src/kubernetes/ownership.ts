import { ConflictError } from '@backstage/errors';
import {
  ANNOTATIONS,
  LABELS,
  MANAGED_BY,
} from '@promptside/backstage-plugin-genai-common';
import { describeManifest, type KubeManifest } from './KubeManifest';

/**
 * Refuses to touch an object that somebody else made: a template must never take over what happens to have the same name.
 * Ours is what carries our managed-by label and, where both name one, the same catalog entity.
 *
 * @throws ConflictError that names the object and its owner.
 */
export function assertOurs(
  live: KubeManifest | undefined,
  wanted: KubeManifest,
): void {
  if (!live) return;
  const manager = live.metadata.labels?.[LABELS.managedBy];
  if (manager !== MANAGED_BY) {
    throw new ConflictError(
      `name: ${describeManifest(wanted)} exists already and is managed by ${
        manager ? `"${manager}"` : 'somebody else'
      }; choose another name`,
    );
  }
  const liveEntity = live.metadata.annotations?.[ANNOTATIONS.entityRef];
  const wantedEntity = wanted.metadata.annotations?.[ANNOTATIONS.entityRef];
  if (liveEntity && wantedEntity && liveEntity !== wantedEntity) {
    throw new ConflictError(
      `name: ${describeManifest(
        wanted,
      )} exists already and belongs to ${liveEntity}; choose another name`,
    );
  }
}
