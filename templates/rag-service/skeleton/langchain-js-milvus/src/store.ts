// Milvus, or Milvus Lite behind its server.
import { createHash } from 'node:crypto';
import { ConsistencyLevelEnum, DataType, ErrorCode, MilvusClient } from '@zilliz/milvus2-sdk-node';
import type { Settings, StoreRules } from './config.ts';
import { addStored, type Store, type StoredDocuments } from './contract.ts';
import { isFault, messageOf, ServiceFault } from './faults.ts';
import { within } from './patience.ts';

export const RULES: StoreRules = { urlVariable: 'MILVUS_URL', urlSchemes: ['http', 'https', 'tcp'], maxDimension: 32768 };

const PAGE = 1000;
// Milvus' limit of a VARCHAR, in bytes. Chunks are far shorter.
const MAX_TEXT = 65535;
const MAX_NAME = 4096;
// A property and not the description, which Milvus Lite does not keep.
const MODEL_PROPERTY = 'rag.embedding_model';
const SUCCESS: string = ErrorCode.SUCCESS;

/** Names of documents may hold quotes; what stands in a filter is hexadecimal. */
const keyOf = (document: string) => createHash('sha256').update(document).digest('hex').slice(0, 32);
const cut = (text: string, bytes: number) =>
  Buffer.byteLength(text) <= bytes ? text : Buffer.from(text).subarray(0, bytes).toString().replace(/\uFFFD$/, '');

interface Status {
  error_code?: string | number;
  code?: number;
  reason?: string;
}

/** One collection. Milvus answers faults in the body of a success. */
export function openStore(settings: Settings): Store {
  const { collection: name, embedding, storeTimeoutSeconds, storeToken } = settings;
  let client: MilvusClient | undefined;

  function connect(): MilvusClient {
    if (client) return client;
    client = new MilvusClient({
      address: settings.storeUrl.replace(/^(http|tcp):\/\//, ''),
      timeout: storeTimeoutSeconds * 1000,
      maxRetries: 1,
      ...(storeToken && { token: storeToken }),
    });
    // It connects at once. A refusal reaches the first call too; unheard here, it would end the process.
    client.connectPromise.catch(() => {});
    return client;
  }

  /** A client that could not connect never tries again. */
  function forget(): void {
    client?.closeConnection().catch(() => {});
    client = undefined;
  }

  /** Runs calls of the client, bounded in time, and names their faults. */
  async function run<T>(work: (client: MilvusClient) => Promise<T>, patience = 1): Promise<T> {
    const seconds = storeTimeoutSeconds * patience;
    const late = () => new ServiceFault('StoreUnavailable', `Milvus did not answer within ${seconds} s.`);
    try {
      return await within(seconds, work(connect()), late);
    } catch (error) {
      if (isFault(error)) throw error;
      forget();
      throw new ServiceFault('StoreUnavailable', `Milvus cannot be used: ${messageOf(error)}`, { cause: error });
    }
  }

  function succeeded<T extends { status?: Status } | Status>(answer: T): T {
    const status: Status = 'status' in answer && answer.status ? answer.status : (answer as Status);
    if (status.error_code === undefined || status.error_code === SUCCESS || status.error_code === 0) return answer;
    if (/collection not found|can't find collection/i.test(status.reason ?? ''))
      throw new ServiceFault('CollectionMissing', `Collection "${name}" is not there any more.`);
    throw new ServiceFault('StoreUnavailable', `Milvus cannot be used: ${status.reason || status.error_code}`);
  }

  return {
    describe: () =>
      run(async milvus => {
        const { value } = succeeded(await milvus.hasCollection({ collection_name: name }));
        if (!value) return undefined;
        // A collection that was released cannot be searched; loading one that is loaded does nothing.
        succeeded(await milvus.loadCollection({ collection_name: name }));
        const told = succeeded(await milvus.describeCollection({ collection_name: name }));
        const field = told.schema.fields.find(candidate => candidate.name === 'embedding');
        const dimension = Number(field?.dim ?? field?.type_params?.find(({ key }) => key === 'dim')?.value);
        const model = told.properties?.find(({ key }) => key === MODEL_PROPERTY)?.value;
        return {
          ...(Number.isInteger(dimension) && { dimension }),
          ...(model && { embeddingModel: String(model) }),
        };
      }),
    create: () =>
      run(async milvus => {
        const text = (field: string, max_length: number) => ({ name: field, data_type: DataType.VarChar, max_length });
        succeeded(
          await milvus.createCollection({
            collection_name: name,
            fields: [
              { ...text('id', 64), is_primary_key: true },
              { name: 'embedding', data_type: DataType.FloatVector, dim: embedding.dimension },
              text('document_key', 64),
              text('version', 64),
              text('document', MAX_NAME),
              text('source', MAX_NAME),
              text('title', MAX_NAME),
              text('content', MAX_TEXT),
              { name: 'position', data_type: DataType.Int64 },
              { name: 'is_last', data_type: DataType.Bool },
            ],
            index_params: [{ field_name: 'embedding', index_type: 'AUTOINDEX', metric_type: 'COSINE' }],
            properties: { [MODEL_PROPERTY]: embedding.model },
          }),
        );
        succeeded(await milvus.loadCollection({ collection_name: name }));
      }, 6),
    documents: () =>
      run(async milvus => {
        const found: StoredDocuments = new Map();
        const pages = await milvus.queryIterator({
          collection_name: name,
          batchSize: PAGE,
          output_fields: ['id', 'document', 'source', 'version', 'is_last'],
          // An ingestion that was killed a moment ago has to be seen completely.
          consistency_level: ConsistencyLevelEnum.Strong,
        });
        for await (const rows of pages) {
          for (const { document, source, version, is_last: last } of rows)
            addStored(found, { document, source, version, last: Boolean(last) });
        }
        return found;
      }, 60),
    async put(chunks, vectors) {
      const data = chunks.map((chunk, index) => ({
        id: chunk.id,
        embedding: vectors[index]!,
        document_key: keyOf(chunk.document),
        version: chunk.version,
        document: cut(chunk.document, MAX_NAME),
        source: cut(chunk.source, MAX_NAME),
        title: cut(chunk.title, MAX_NAME),
        content: cut(chunk.text, MAX_TEXT),
        position: chunk.index,
        is_last: chunk.last,
      }));
      await run(async milvus => succeeded(await milvus.upsert({ collection_name: name, data })));
    },
    async remove(document, version) {
      const filter = `document_key == "${keyOf(document)}" and version == "${version}"`;
      await run(async milvus => succeeded(await milvus.delete({ collection_name: name, filter })));
    },
    search: (vector, limit) =>
      run(async milvus => {
        const answer = succeeded(
          await milvus.search({
            collection_name: name,
            data: [vector],
            anns_field: 'embedding',
            limit,
            metric_type: 'COSINE',
            output_fields: ['id', 'document', 'title', 'content'],
          }),
        );
        // One question gives one list; more would give a list of lists.
        const rows = (Array.isArray(answer.results[0]) ? answer.results[0] : answer.results) as {
          [key: string]: unknown;
        }[];
        return rows.map(row => ({
          id: String(row.id),
          document: String(row.document),
          title: String(row.title),
          text: String(row.content),
          score: Number(row.score),
        }));
      }),
    async close() {
      await client?.closeConnection();
    },
  };
}
