import type { Settings } from './config.ts';
import type { CollectionInfo, Store } from './contract.ts';
import { ServiceFault } from './faults.ts';

/** Why the collection cannot be used with this configuration, or undefined. */
export function mismatch(settings: Settings, info: CollectionInfo): string | undefined {
  const { model, dimension } = settings.embedding;
  const name = `Collection "${settings.collection}"`;
  const again = 'Set the old model again, or ingest into a new COLLECTION and switch to it.';
  if (info.dimension !== undefined && info.dimension !== dimension)
    return `${name} holds vectors of ${info.dimension} dimensions, EMBEDDING_DIMENSION is ${dimension}. ${again}`;
  if (info.embeddingModel === undefined) {
    return `${name} does not tell which embedding model made it, so it is not this service's. Choose another COLLECTION.`;
  }
  if (info.embeddingModel !== model) {
    return (
      `${name} was made with the embedding model ${info.embeddingModel}, EMBEDDING_MODEL is ${model}: ` +
      `vectors of two models cannot be compared. ${again}`
    );
  }
  return undefined;
}

/** Checks the collection, or makes it. Throws CollectionMissing, CollectionMismatch or StoreUnavailable. */
export async function openCollection(settings: Settings, store: Store, { create }: { create: boolean }): Promise<void> {
  const info = await store.describe();
  if (!info && create) {
    await store.create();
    return;
  }
  if (!info) {
    throw new ServiceFault(
      'CollectionMissing',
      `Collection "${settings.collection}" does not exist yet: run the ingestion first.`,
    );
  }
  const reason = mismatch(settings, info);
  if (reason) throw new ServiceFault('CollectionMismatch', reason);
}
