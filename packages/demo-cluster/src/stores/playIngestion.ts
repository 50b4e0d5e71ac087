import { ANNOTATIONS, LABELS } from '@promptside/backstage-plugin-genai-common';
import { KubeObject, ObjectStore } from '../store/ObjectStore';
import { at } from '../api/schema/nodes';

/** What an ingestion of a RAG service would have written. */
export interface Ingested {
  engine: string;
  /** `namespace/name` of the store, as far as its Service or Secret tells. */
  store: string;
  collection: string;
  dimension: number;
  model: string;
}

const hasSucceeded = (pod: KubeObject | undefined) =>
  pod !== undefined && at(pod, 'status', 'phase') === 'Succeeded';

/** `http://chroma.team-chat.svc:8000` is `team-chat/chroma`; a Service without a namespace is of the pod's. */
function storeAt(endpoint: string, own: string): string | undefined {
  if (!URL.canParse(endpoint)) return undefined;
  const [service, namespace = own] = new URL(endpoint).hostname.split('.');
  return `${namespace}/${service}`;
}

/** What the ingestion of a pod is about, from what the golden path writes on it; `undefined` for any other pod. */
function readIngestion(pod: KubeObject): Ingested | undefined {
  const { labels = {}, annotations = {}, namespace = '' } = pod.metadata;
  if (
    labels[LABELS.purpose] !== 'rag' ||
    labels[LABELS.component] !== 'ingestion'
  ) {
    return undefined;
  }
  const engine = annotations[ANNOTATIONS.storeEngine];
  const endpoint = annotations[ANNOTATIONS.storeEndpoint];
  const store =
    annotations[ANNOTATIONS.storeName] ??
    (endpoint && storeAt(endpoint, namespace));
  const collection = annotations[ANNOTATIONS.collection];
  const model = annotations[ANNOTATIONS.embeddingModel];
  const dimension = Number(annotations[ANNOTATIONS.embeddingDimension]);
  return engine && store && collection && model && dimension > 0
    ? { engine, store, collection, dimension, model }
    : undefined;
}

/**
 * Lets the pods of ingestions leave in the real stores what real ones would: containers are simulated, and their service would wait for its
 * collection for ever. Only a pod that ends well now counts, so that what a person breaks stays broken over a restart.
 *
 * @returns stops it
 */
export function playIngestion(
  store: Pick<ObjectStore, 'subscribe'>,
  write: (ingested: Ingested) => void,
): () => void {
  return store.subscribe(({ type, resource, object, previous }) => {
    if (type !== 'MODIFIED' || resource.plural !== 'pods') return;
    if (!hasSucceeded(object) || hasSucceeded(previous)) return;
    const ingested = readIngestion(object);
    if (ingested) write(ingested);
  });
}
