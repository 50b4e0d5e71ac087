// Chroma. Its server has no authentication of its own: a NetworkPolicy or a proxy has to guard it.
import { ChromaClient, type Collection } from 'chromadb';
import type { Settings, StoreRules } from './config.ts';
import { addStored, type Chunk, type Store, type StoredDocuments } from './contract.ts';
import { isFault, messageOf, ServiceFault } from './faults.ts';
import { within } from './patience.ts';

export const RULES: StoreRules = { urlVariable: 'CHROMA_URL', urlSchemes: ['http', 'https'] };

const PAGE = 1000;

/** One collection on a Chroma server. */
export function openStore(settings: Settings): Store {
  const { hostname, port, protocol } = new URL(settings.storeUrl);
  const ssl = protocol === 'https:';
  const client = new ChromaClient({
    host: hostname,
    port: port ? Number(port) : ssl ? 443 : 80,
    ssl,
    ...(settings.storeToken && { headers: { Authorization: `Bearer ${settings.storeToken}` } }),
  });
  const { collection: name, storeTimeoutSeconds: seconds, embedding } = settings;
  let opened: Collection | undefined;

  /** Bounds a call in time and names its faults. */
  async function guard<T>(work: Promise<T>): Promise<T> {
    const late = () => new ServiceFault('StoreUnavailable', `Chroma did not answer within ${seconds} s.`);
    try {
      return await within(seconds, work, late);
    } catch (error) {
      if (isFault(error)) throw error;
      if ((error as Error).name === 'ChromaNotFoundError') {
        // Dropped and made again by somebody: the id changes, so look it up the next time.
        opened = undefined;
        throw new ServiceFault('CollectionMissing', `Collection "${name}" is not there any more.`, { cause: error });
      }
      throw new ServiceFault('StoreUnavailable', `Chroma cannot be used: ${messageOf(error)}`, { cause: error });
    }
  }

  async function open(): Promise<Collection> {
    opened ??= await guard(client.getCollection({ name }));
    return opened;
  }

  return {
    async describe() {
      // Always asked anew: somebody may have put another collection in its place.
      opened = undefined;
      try {
        const { embedding_model: model, dimension } = (await open()).metadata ?? {};
        return {
          ...(typeof model === 'string' && { embeddingModel: model }),
          ...(typeof dimension === 'number' && { dimension }),
        };
      } catch (error) {
        if (isFault(error, 'CollectionMissing')) return undefined;
        throw error;
      }
    },
    async create() {
      opened = await guard(
        client.getOrCreateCollection({
          name,
          metadata: { embedding_model: embedding.model, dimension: embedding.dimension },
          configuration: { hnsw: { space: 'cosine' } },
          embeddingFunction: null,
        }),
      );
    },
    async documents() {
      const collection = await open();
      const found: StoredDocuments = new Map();
      for (let offset = 0; ; offset += PAGE) {
        const page = await guard(collection.get({ limit: PAGE, offset, include: ['metadatas'] }));
        for (const row of page.metadatas) {
          if (!row) continue;
          const { document, source, version, last } = row;
          addStored(found, {
            document: String(document),
            source: String(source),
            version: String(version),
            last: last === true,
          });
        }
        if (page.ids.length < PAGE) return found;
      }
    },
    async put(chunks: Chunk[], vectors: number[][]) {
      const collection = await open();
      await guard(
        collection.upsert({
          ids: chunks.map(({ id }) => id),
          embeddings: vectors,
          documents: chunks.map(({ text }) => text),
          metadatas: chunks.map(({ id, text, ...metadata }) => metadata),
        }),
      );
    },
    async remove(document, version) {
      const collection = await open();
      await guard(collection.delete({ where: { $and: [{ document }, { version }] } }));
    },
    async search(vector, limit) {
      const collection = await open();
      const answer = await guard(
        collection.query({
          queryEmbeddings: [vector],
          nResults: limit,
          include: ['documents', 'metadatas', 'distances'],
        }),
      );
      return (answer.ids[0] ?? []).map((id, index) => ({
        id,
        document: String(answer.metadatas[0]?.[index]?.document),
        title: String(answer.metadatas[0]?.[index]?.title),
        text: answer.documents[0]?.[index] ?? '',
        score: 1 - (answer.distances[0]?.[index] ?? 1),
      }));
    },
    async close() {},
  };
}
