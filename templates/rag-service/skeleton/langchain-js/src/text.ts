import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { Parser } from 'htmlparser2';

const BLOCK_CHARACTERS = 64_000;
const LONG_GAP = /\s{17,}/g;

/** What one pass over a file's bytes tells. `encoding` is undefined for a binary file. */
export interface Inspection {
  sha256: string;
  encoding?: string;
  /** Neither UTF-8 nor marked: read as Windows-1252, in which every byte is a character. */
  guessed: boolean;
}

function markOf(data: Buffer): string | undefined {
  if (data[0] === 0xff && data[1] === 0xfe) return 'utf-16le';
  if (data[0] === 0xfe && data[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** Hashes a file and finds its encoding in one streaming pass. */
export async function inspect(path: string): Promise<Inspection> {
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let [isUtf8, isBinary, first] = [true, false, true];
  let marked: string | undefined;
  for await (const data of createReadStream(path) as AsyncIterable<Buffer>) {
    if (first) {
      marked = markOf(data);
      isBinary = data.subarray(0, 5).toString('latin1') === '%PDF-';
      first = false;
    }
    hash.update(data);
    isBinary ||= !marked && data.includes(0);
    try {
      if (isUtf8) utf8.decode(data, { stream: true });
    } catch {
      isUtf8 = false;
    }
  }
  try {
    if (isUtf8) utf8.decode();
  } catch {
    isUtf8 = false;
  }
  const encoding = isBinary ? undefined : (marked ?? (isUtf8 ? 'utf-8' : 'windows-1252'));
  return { sha256: hash.digest('hex'), ...(encoding && { encoding }), guessed: encoding === 'windows-1252' };
}

async function* decoded(path: string, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  // PostgreSQL cannot store NUL, and no reader misses it; a run of spaces has no tokens and so no end.
  const tidy = (text: string) => text.replaceAll('\0', '').replaceAll('\r\n', '\n').replace(LONG_GAP, gap => gap.slice(0, 16));
  for await (const data of createReadStream(path) as AsyncIterable<Buffer>) yield tidy(decoder.decode(data, { stream: true }));
  yield tidy(decoder.decode());
}

const HIDDEN = new Set(['script', 'style', 'noscript', 'template', 'svg', 'nav', 'head']);
const BREAKS = new Set(['p', 'div', 'br', 'li', 'tr', 'section', 'article', 'pre', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6']);

/** Keeps what a reader of a page sees. */
function visibleText() {
  const open: string[] = [];
  let [text, title, inTitle] = ['', '', false];
  const parser = new Parser({
    onopentag(name) {
      if (name === 'title') inTitle = true;
      // A page's <head> often has no end tag; its <body> ends it.
      if (name === 'body') open.length = 0;
      if (HIDDEN.has(name)) open.push(name);
      else if (BREAKS.has(name)) text += '\n';
    },
    ontext(data) {
      if (inTitle) title += data;
      else if (open.length === 0) text += data;
    },
    onclosetag(name) {
      if (name === 'title') inTitle = false;
      if (open.includes(name)) open.length = open.lastIndexOf(name);
      else if (BREAKS.has(name)) text += '\n';
    },
  });
  return {
    write: (data: string) => parser.write(data),
    end: () => parser.end(),
    title: () => title.trim().replace(/\s+/g, ' '),
    take() {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

/** The text of a document in pieces. */
export async function* readText(path: string, encoding: string, { html }: { html: boolean }): AsyncGenerator<string> {
  if (!html) {
    yield* decoded(path, encoding);
    return;
  }
  const page = visibleText();
  for await (const piece of decoded(path, encoding)) {
    page.write(piece);
    yield page.take();
  }
  page.end();
  yield page.take();
}

/** Joins pieces and cuts them where a paragraph, a line or a word ends, so that no cut is felt. */
export async function* blocks(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const piece of pieces) {
    held += piece;
    while (held.length >= BLOCK_CHARACTERS) {
      const window = held.slice(0, BLOCK_CHARACTERS);
      const half = BLOCK_CHARACTERS / 2;
      const cut = ['\n\n', '\n', ' '].map(mark => window.lastIndexOf(mark)).find(at => at > half) ?? BLOCK_CHARACTERS;
      yield held.slice(0, cut);
      held = held.slice(cut);
    }
  }
  if (held.trim()) yield held;
}

/** The first heading of a document, or its name. */
export async function titleOf(path: string, encoding: string, options: { html: boolean; fallback: string }): Promise<string> {
  for await (const start of decoded(path, encoding)) {
    if (options.html) {
      const page = visibleText();
      page.write(start);
      return page.title().slice(0, 200) || options.fallback;
    }
    const heading = start.split('\n', 40).find(line => /^# +\S/.test(line));
    return heading ? heading.slice(2).trim().slice(0, 200) : options.fallback;
  }
  return options.fallback;
}
