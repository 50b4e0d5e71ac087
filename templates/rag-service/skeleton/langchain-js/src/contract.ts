/** A piece of a document as it is stored. */
export interface Chunk {
  /** The same for the same text at the same place, so that writing twice changes nothing. */
  id: string;
  /** Path or URL, shown as the source of an answer. */
  document: string;
  /** The entry of SOURCES that the document came from. */
  source: string;
  /** Hash of the document's bytes and of how it was cut. */
  version: string;
  /** From 0. */
  index: number;
  /** Chunks are written in order, so a stored last chunk tells that the document is complete. */
  last: boolean;
  title: string;
  text: string;
}

/** A found chunk. `score` is the cosine similarity, 1 for the same direction. */
export interface Hit {
  id: string;
  document: string;
  title: string;
  text: string;
  score: number;
}

/** How much of one version of a document a store holds. */
export interface StoredVersion {
  chunks: number;
  complete: boolean;
}

export interface StoredDocument {
  source: string;
  versions: Map<string, StoredVersion>;
}

export type StoredDocuments = Map<string, StoredDocument>;

/** What was recorded when a collection was made. */
export interface CollectionInfo {
  embeddingModel?: string;
  dimension?: number;
}

/** A vector store. Methods throw StoreUnavailable when it cannot be reached in time. */
export interface Store {
  /** What the collection was made for, or undefined when there is none. */
  describe(): Promise<CollectionInfo | undefined>;
  /** Makes the collection and records embedding model and dimension. */
  create(): Promise<void>;
  /** All documents that have chunks here, complete or not. */
  documents(): Promise<StoredDocuments>;
  /** Writes chunks; one that is there already is replaced. */
  put(chunks: Chunk[], vectors: number[][]): Promise<void>;
  /** Takes away all chunks of one version of a document. */
  remove(document: string, version: string): Promise<void>;
  /** The nearest chunks, best first. */
  search(vector: number[], limit: number): Promise<Hit[]>;
  close(): Promise<void>;
}

/** Adds a stored chunk to what is known of its document. */
export function addStored(
  found: StoredDocuments,
  row: { document: string; source: string; version: string; last: boolean; chunks?: number },
): void {
  const document = found.get(row.document) ?? { source: row.source, versions: new Map() };
  const version = document.versions.get(row.version) ?? { chunks: 0, complete: false };
  version.chunks += row.chunks ?? 1;
  version.complete ||= row.last;
  document.versions.set(row.version, version);
  found.set(row.document, document);
}
