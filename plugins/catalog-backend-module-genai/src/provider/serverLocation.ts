import type { ModelServer } from '@promptside/backstage-plugin-genai-common';

/** Where the workload object of a model server is; the kind is in lower case. */
export type ServerPlace = Pick<
  ModelServer,
  'cluster' | 'namespace' | 'kind' | 'name'
>;

/** Type of the locations of everything that the provider emits. */
const TYPE = 'genai:';
const MODEL = `${TYPE}model:`;

/** Location of the Component of a model server. */
export function serverLocation(place: ServerPlace): string {
  const { cluster, namespace, kind, name } = place;
  return `${TYPE}${cluster}/${namespace}/${kind.toLocaleLowerCase('en-US')}/${name}`;
}

/** Location of the Resource of a model. */
export function modelLocation(modelId: string): string {
  return `${MODEL}${modelId}`;
}

/** Whether the provider emitted what has this location. */
export function isOwnLocation(location: string | undefined): boolean {
  return location?.startsWith(TYPE) ?? false;
}

/** Reads {@link serverLocation}; `undefined` for any other location. A cluster may have slashes in its name, the rest not. */
export function readServerLocation(
  location: string | undefined,
): ServerPlace | undefined {
  if (!location?.startsWith(TYPE) || location.startsWith(MODEL)) {
    return undefined;
  }
  const parts = location.slice(TYPE.length).split('/');
  const [namespace, kind, name] = parts.splice(-3);
  return parts.length > 0
    ? { cluster: parts.join('/'), namespace, kind, name }
    : undefined;
}
