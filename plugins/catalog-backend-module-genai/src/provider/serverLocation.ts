import type { ModelServer } from '@promptside/backstage-plugin-genai-common';

/** Where the workload object of a model server is; the kind is in lower case. */
export type ServerPlace = Pick<
  ModelServer,
  'cluster' | 'namespace' | 'kind' | 'name'
>;

/** Type of the locations of everything that the provider emits. */
const TYPE = 'genai:';
const MODEL = `${TYPE}model:`;
const STORE = 'genai-vector-store:';

/** Location of the Component of a model server, and of its API. */
export function serverLocation(place: ServerPlace): string {
  return `${TYPE}${pathOf(place)}`;
}

function pathOf({ cluster, namespace, kind, name }: ServerPlace): string {
  return `${cluster}/${namespace}/${kind.toLocaleLowerCase('en-US')}/${name}`;
}

/** Location of the Resource of a vector store. */
export function storeLocation(place: ServerPlace): string {
  return `${STORE}${pathOf(place)}`;
}

/** Location of the Resource of a model. */
export function modelLocation(modelId: string): string {
  return `${MODEL}${modelId}`;
}

/** Whether the provider of model servers, or of vector stores, emitted what has this location. */
export function isOwnLocation(location: string | undefined): boolean {
  return (
    location !== undefined &&
    (location.startsWith(TYPE) || location.startsWith(STORE))
  );
}

/** Reads {@link serverLocation} and {@link storeLocation}; `undefined` for any other. A cluster may have slashes in its name, the rest not. */
export function readServerLocation(
  location: string | undefined,
): ServerPlace | undefined {
  const type = [STORE, TYPE].find(start => location?.startsWith(start));
  if (!location || !type || location.startsWith(MODEL)) return undefined;
  const parts = location.slice(type.length).split('/');
  const [namespace, kind, name] = parts.splice(-3);
  return parts.length > 0
    ? { cluster: parts.join('/'), namespace, kind, name }
    : undefined;
}
