import type {
  LineageEdge,
  ModelServer,
  StoreCollection,
} from '@promptside/backstage-plugin-genai-common';
import { serviceOf } from './serviceOf';
import type { LineageFacts } from './deriveLineage';

/** Whether a connection holds, and why not. */
export type LineageVerdict = Pick<LineageEdge, 'state' | 'reason' | 'message'>;

const WHOLE: LineageVerdict = { state: 'Whole' };

const broken = (reason: string, message: string): LineageVerdict => ({
  state: 'Broken',
  reason,
  message,
});

const unknown = (reason: string, message: string): LineageVerdict => ({
  state: 'Unknown',
  reason,
  message,
});

/** From the service to a model server: it is there, serves, and serves that model. */
export function judgeServer(
  endpoint: string | undefined,
  wanted: string | undefined,
  live: ModelServer | undefined,
  own: string,
): LineageVerdict {
  if (!endpoint) {
    return unknown('NotTold', 'The service does not say where it asks');
  }
  if (!live) {
    return serviceOf(endpoint, own)
      ? broken('EndpointMissing', `No model server answers at ${endpoint}`)
      : unknown('Outside', `${endpoint} lies outside the cluster`);
  }
  const { namespace, name, state, message } = live;
  const said = message ? `: ${message}` : '';
  if (state === 'Failed' || state === 'Stopped') {
    return broken('ServerNotReady', `${namespace}/${name} is ${state}${said}`);
  }
  const served = live.model?.servedName ?? live.model?.id;
  if (
    served !== undefined &&
    wanted !== undefined &&
    ![live.model?.servedName, live.model?.id].some(
      known => known?.toLowerCase() === wanted.toLowerCase(),
    )
  ) {
    return broken(
      'OtherModel',
      `${namespace}/${name} serves ${served}, and the service asks for ${wanted}`,
    );
  }
  return state === 'Ready' || state === 'Degraded'
    ? WHOLE
    : unknown('ServerNotReady', `${namespace}/${name} is ${state}${said}`);
}

/** From the embedding model to the collection: same model, same dimension. */
export function judgeCollection(
  { service, store }: LineageFacts,
  collection: StoreCollection | undefined,
): LineageVerdict {
  const { rag } = service;
  if (!store) {
    return unknown('StoreNotSeen', 'The store of the collection was not seen');
  }
  const { probe } = store.health;
  if (!collection) {
    return probe.state === 'Answered'
      ? broken(
          'CollectionMissing',
          `${store.item.name} has no collection ${rag.collection ?? ''}: nothing was ingested yet`,
        )
      : unknown(
          'CollectionNotSeen',
          probe.message ?? 'The collections of the store were not read',
        );
  }
  const { dimension, embeddingModel, name } = collection;
  const { embeddingDimension: made } = rag;
  if (dimension !== undefined && made !== undefined && dimension !== made) {
    return broken(
      'DimensionMismatch',
      `The collection ${name} has ${dimension} dimensions, and the embedding model makes ${made}`,
    );
  }
  if (
    embeddingModel &&
    rag.embeddingModel &&
    embeddingModel !== rag.embeddingModel
  ) {
    return broken(
      'OtherEmbeddingModel',
      `The collection ${name} was made with ${embeddingModel}, and the service uses ${rag.embeddingModel}`,
    );
  }
  return dimension === undefined || made === undefined
    ? unknown('DimensionUnknown', `The dimension of ${name} is not known`)
    : WHOLE;
}

/** From the collection to its store: the store serves. */
export function judgeStore({ service, store }: LineageFacts): LineageVerdict {
  const { rag, namespace } = service;
  if (!store) {
    const { storeEndpoint } = rag;
    if (storeEndpoint && serviceOf(storeEndpoint, namespace)) {
      return broken(
        'StoreMissing',
        `No vector store answers at ${storeEndpoint}`,
      );
    }
    return storeEndpoint
      ? unknown('Outside', `${storeEndpoint} lies outside the cluster`)
      : unknown(
          'AddressInSecret',
          'The address of the store lies in a Secret, which nobody here reads',
        );
  }
  const { state, name, engine, message } = store.item;
  if (rag.storeEngine && engine !== rag.storeEngine) {
    return broken(
      'OtherStore',
      `${name} is ${engine}, and the service speaks to ${rag.storeEngine}`,
    );
  }
  const said = message ? `: ${message}` : '';
  if (state === 'Down') return broken('StoreDown', `${name} is down${said}`);
  return state === 'Unknown'
    ? unknown('StoreUnknown', `Of ${name} not enough is known${said}`)
    : WHOLE;
}
