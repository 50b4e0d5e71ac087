// Documents that are large, broken, or written to do harm.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { equal, holds } from './checks.mjs';
import { waitFor } from './processes.mjs';

const HOSTILE = `it's "quoted"; DROP TABLE rag_messages -- %s {{ x }} \${y} 'and'.md`;
const LARGE_MB = 200;
/** A service that held the document would need more; Python and Node need up to 250 MB for themselves. */
const MEMORY_MB = 600;

/** Documents with quotes, statements and orders in name and text, and some that are no text. */
export async function exerciseHostileDocuments(check, service, { work }) {
  const folder = join(work, `hostile-${service.name}`);
  mkdirSync(folder, { recursive: true });
  const write = (name, content) => writeFileSync(join(folder, name), content);
  write(
    HOSTILE,
    `# Robert'); DROP TABLE students;--\n\nThe walrus protocol: "yes": [no, {a: &b *b}] !!python/object \\u0000 %s \${z}\n`,
  );
  write('nul.txt', 'before\0after');
  write('picture.png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2, 3]));
  write('latin.txt', Buffer.from('Die Größe des Zeppelins', 'latin1'));
  write('copy.txt', Buffer.from('Die Größe des Zeppelins', 'latin1'));
  write('empty.md', '\n\n');
  const env = { COLLECTION: service.collection('hostile'), SOURCES: folder };
  await check('names what it does with odd documents', async () => {
    const { code, report, said } = await service.once(['ingest'], env);
    equal(code, 0, said);
    equal(
      [report.new, report.skipped.length, report.duplicates.length],
      [2, 3, 1],
      `new, skipped, duplicates (${said})`,
    );
    equal(report.notes.length, 2, 'notes');
  });
  await check('finds a document whose name is an attack', async () => {
    const questions = join(work, `hostile-${service.name}.jsonl`);
    const question = 'What is the walrus protocol of Robert?';
    writeFileSync(questions, JSON.stringify({ question, sources: [HOSTILE] }));
    const { code, report, said } = await service.once(
      ['evaluate', '--questions', questions],
      env,
    );
    equal([code, report?.hit_rate], [0, 1], said);
  });
  await check('an empty corpus changes nothing', async () => {
    const empty = join(work, `empty-${service.name}`);
    mkdirSync(empty, { recursive: true });
    const { code, said } = await service.once(['ingest'], {
      ...env,
      SOURCES: empty,
    });
    equal(code, 1, said);
    holds(/nothing was changed/.test(said), said);
    const again = await service.once(['ingest'], env);
    equal([again.report.unchanged, again.report.new], [2, 0], 'what is left');
  });
}

const peakMb = pid =>
  Number(
    readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmHWM:\s+(\d+)/)?.[1],
  ) / 1024;

/** A folder with a document of 200 MB and a small one; written once, it is the same for every service. */
async function largeFolder(work) {
  const folder = join(work, 'large');
  if (existsSync(folder)) return folder;
  const partial = join(work, 'large-partial');
  mkdirSync(partial);
  const paragraph = 'The quick brown fox reads a very long document.\n\n';
  const megabyte = paragraph
    .repeat(Math.ceil(2 ** 20 / paragraph.length))
    .slice(0, 2 ** 20);
  for (let mb = 0; mb < LARGE_MB; mb += 1)
    await appendFile(join(partial, 'large.md'), megabyte);
  writeFileSync(join(partial, 'small.md'), 'A small document.');
  renameSync(partial, folder);
  return folder;
}

/** A document of 200 MB is read in pieces, or skipped where it is over the limit. Where there is /proc, memory is read there. */
export async function exerciseLargeDocument(check, service, given) {
  const { embeddings, work } = given;
  const folder = await largeFolder(work);
  const env = { COLLECTION: service.collection('large'), SOURCES: folder };
  await check(`reads a document of ${LARGE_MB} MB in pieces`, async () => {
    const before = embeddings.spent.requests;
    const reading = service.start(['ingest'], env);
    await waitFor(
      'The ingestion',
      reading,
      () => embeddings.spent.requests - before > 12,
    );
    const peak = process.platform === 'linux' ? peakMb(reading.pid) : 0;
    await reading.stop('SIGKILL');
    holds(peak < MEMORY_MB, `it took ${peak.toFixed(0)} MB`);
  });
  await check('skips a document over its limit, by name', async () => {
    const { code, report, said } = await service.once(['ingest'], {
      ...env,
      COLLECTION: service.collection('small'),
      MAX_DOCUMENT_MB: String(LARGE_MB / 2),
    });
    equal([code, report?.new], [0, 1], said);
    holds(/MAX_DOCUMENT_MB \(100\)/.test(report.skipped[0].reason), said);
  });
}
