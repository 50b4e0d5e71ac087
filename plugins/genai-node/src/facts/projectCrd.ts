import type { CrdFact } from './Fact';
import { asIdentified } from './identity';

/** Only the name of a CustomResourceDefinition: its schemas are megabytes that nobody here reads. */
export function projectCrd(raw: unknown): CrdFact | undefined {
  const object = asIdentified(raw);
  return object
    ? {
        resource: 'customresourcedefinitions',
        uid: object.metadata.uid,
        name: object.metadata.name,
      }
    : undefined;
}
