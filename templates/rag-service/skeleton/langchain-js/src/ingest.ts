// Brings the documents of SOURCES into the collection, and takes out what is gone.
//
// The store itself knows what is done: every chunk carries its document, version and place. So a run that was killed is
// continued by the next one, and a run without changes writes nothing. A new version is written completely before the old one
// is removed; nobody who asks meanwhile misses a document.
import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openCollection } from './collection.ts';
import type { Settings } from './config.ts';
import type { Chunk, Store, StoredDocument, StoredDocuments } from './contract.ts';
import type { Embedder } from './embeddings.ts';
import { messageOf, ServiceFault } from './faults.ts';
import { withRetries } from './patience.ts';
import { readSource, SourceUnavailable, type Found } from './sources.ts';
import { blocks, inspect, readText, titleOf } from './text.ts';

const PROGRESS_MS = 5000;

export type Split = (text: string) => Promise<string[]>;

/** What a run did. */
export interface Report {
  new: number;
  changed: number;
  unchanged: number;
  removed: number;
  duplicates: { document: string; same_as: string }[];
  skipped: { document: string; reason: string }[];
  unavailable: { source: string; reason: string }[];
  notes: { document: string; note: string }[];
  chunks_written: number;
  chunks_resumed: number;
  seconds: number;
  chunks_per_second: number;
}

/** A document that has to be written, from chunk number `done` on. */
interface Job {
  found: Found;
  version: string;
  encoding: string;
  done: number;
}

interface Parts {
  settings: Settings;
  store: Store;
  embedder: Embedder;
  split: Split;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32);

/** One run. Throws NothingToIngest, before anything is removed, when no source has any document. */
export async function ingest(parts: Parts): Promise<Report> {
  const { settings, store, embedder } = parts;
  const started = performance.now();
  const report: Report = {
    ...{ new: 0, changed: 0, unchanged: 0, removed: 0 },
    ...{ duplicates: [], skipped: [], unavailable: [], notes: [] },
    ...{ chunks_written: 0, chunks_resumed: 0, seconds: 0, chunks_per_second: 0 },
  };
  const limit = await embedder.checkModel();
  if (limit !== undefined && settings.chunkTokens > limit) {
    throw new ServiceFault(
      'ConfigurationInvalid',
      `CHUNK_TOKENS (${settings.chunkTokens}) is over the ${limit} tokens that the embedding model reads`,
    );
  }
  await openCollection(settings, store, { create: true });
  const known = await store.documents();
  const workspace = await mkdtemp(join(tmpdir(), 'rag-ingest-'));
  let present: Present;
  try {
    const plan = await planRun(settings, known, workspace, report);
    present = plan.present;
    if (present.size === 0 && report.unavailable.length === 0) {
      throw new ServiceFault(
        'NothingToIngest',
        'No documents found in SOURCES, so nothing was changed. ' +
          `SOURCES is ${settings.sources.join(' ') || 'empty'}; ${report.skipped.length} files were skipped.`,
      );
    }
    await writeAll(parts, plan.jobs, known, report);
  } finally {
    await rm(workspace, { recursive: true, force: true });
  }
  await removeGone(parts, known, present, report);
  report.seconds = Math.round(performance.now() - started) / 1000;
  report.chunks_per_second = Math.round((report.chunks_written / report.seconds) * 10) / 10 || 0;
  return report;
}

async function* listDocuments(entries: string[], workspace: string, report: Report): AsyncGenerator<Found> {
  for (const entry of entries) {
    try {
      yield* readSource(entry, workspace);
    } catch (error) {
      if (!(error instanceof SourceUnavailable)) throw error;
      console.error(`Source ${entry} is not available, what is known of it stays: ${error.message}`);
      report.unavailable.push({ source: entry, reason: error.message });
    }
  }
}

/** Version of each document that should be there; undefined keeps what is stored. */
type Present = Map<string, string | undefined>;

async function isEmpty(found: Found, encoding: string): Promise<boolean> {
  for await (const piece of readText(found.path, encoding, found)) if (piece.trim()) return false;
  return true;
}

async function planRun(settings: Settings, known: StoredDocuments, workspace: string, report: Report) {
  const jobs: Job[] = [];
  const present: Present = new Map();
  const byVersion = new Map<string, string>();
  for await (const found of listDocuments(settings.sources, workspace, report)) {
    const document = found.name;
    if (present.has(document)) continue;
    const skip = (reason: string) => report.skipped.push({ document, reason });
    let seen;
    try {
      if ((await stat(found.path)).size > settings.maxDocumentMb * 2 ** 20) {
        skip(`larger than MAX_DOCUMENT_MB (${settings.maxDocumentMb})`);
        continue;
      }
      seen = await inspect(found.path);
    } catch (error) {
      skip(`cannot be read, what is stored of it stays: ${messageOf(error)}`);
      present.set(document, undefined);
      continue;
    }
    const { encoding } = seen;
    if (!encoding) {
      skip('binary: only text, Markdown and HTML are read');
      continue;
    }
    if (seen.guessed) report.notes.push({ document, note: 'not UTF-8, read as Windows-1252' });
    const version = sha256(`${seen.sha256}/${settings.chunkTokens}/${settings.chunkOverlapTokens}`);
    const twin = byVersion.get(version);
    if (twin) {
      report.duplicates.push({ document, same_as: twin });
      continue;
    }
    if (await isEmpty(found, encoding)) {
      skip('empty');
      continue;
    }
    byVersion.set(version, document);
    present.set(document, version);
    const versions = known.get(document)?.versions;
    const state = versions?.get(version);
    if (state?.complete) {
      report.unchanged += 1;
      continue;
    }
    if ([...(versions?.values() ?? [])].some(({ complete }) => complete)) report.changed += 1;
    else report.new += 1;
    jobs.push({ found, version, encoding, done: state?.chunks ?? 0 });
  }
  return { jobs, present };
}

async function* textsOf({ found, encoding }: Job, split: Split): AsyncGenerator<string> {
  for await (const block of blocks(readText(found.path, encoding, found)))
    for (const text of await split(block)) if (text.trim()) yield text;
}

/** All chunks to write, in order; undefined for one that an earlier run wrote. */
async function* chunksOf(jobs: Job[], split: Split): AsyncGenerator<Chunk | undefined> {
  for (const job of jobs) {
    const { name: document, source, path, html } = job.found;
    const title = await titleOf(path, job.encoding, { html, fallback: basename(document) });
    const texts = textsOf(job, split);
    // One text is held back, because only the next one tells whether it was the last.
    let held = await texts.next();
    for (let index = 0; !held.done; index += 1) {
      const following = await texts.next();
      const id = sha256(`${document}\0${job.version}\0${index}`);
      const place = { id, document, source, version: job.version, index, last: Boolean(following.done) };
      yield index < job.done ? undefined : { ...place, title, text: held.value };
      held = following;
    }
  }
}

/** Groups of up to `size`; the last one may be smaller. */
async function* grouped<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const item of items) {
    group.push(item);
    if (group.length === size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}

async function writeAll(parts: Parts, jobs: Job[], known: StoredDocuments, report: Report): Promise<void> {
  const { settings, store, embedder, split } = parts;
  const { batchSize, concurrency } = settings.embedding;
  let finished = 0;
  let told = Date.now();
  for await (const taken of grouped(chunksOf(jobs, split), batchSize * concurrency)) {
    const batch = taken.filter(chunk => chunk !== undefined);
    report.chunks_resumed += taken.length - batch.length;
    const starts = batch.map((_, index) => index).filter(index => index % batchSize === 0);
    const answers = await Promise.all(
      starts.map(start => embedder.passages(batch.slice(start, start + batchSize).map(({ text }) => text))),
    );
    if (batch.length > 0) await withRetries(() => store.put(batch, answers.flat()), 'StoreUnavailable', { retries: 4 });
    report.chunks_written += batch.length;
    for (const { document, version } of batch.filter(({ last }) => last)) {
      finished += 1;
      const stored = known.get(document);
      if (stored) await removeOthers(store, document, stored, version);
    }
    if (Date.now() - told >= PROGRESS_MS) {
      told = Date.now();
      console.error(`${finished} of ${jobs.length} documents, ${report.chunks_written} chunks`);
    }
  }
}

async function removeOthers(store: Store, document: string, stored: StoredDocument, keep?: string): Promise<void> {
  for (const version of [...stored.versions.keys()].filter(name => name !== keep)) {
    await withRetries(() => store.remove(document, version), 'StoreUnavailable', { retries: 4 });
    stored.versions.delete(version);
  }
}

async function removeGone({ settings, store }: Parts, known: StoredDocuments, present: Present, report: Report): Promise<void> {
  const unlisted = new Set(report.unavailable.map(({ source }) => source));
  for (const [document, stored] of known) {
    if (present.has(document)) {
      const version = present.get(document);
      // A run that was killed between writing and removing leaves an old version behind.
      if (version) await removeOthers(store, document, stored, version);
    } else if (!(unlisted.has(stored.source) && settings.sources.includes(stored.source))) {
      await removeOthers(store, document, stored);
      report.removed += 1;
    }
  }
}
