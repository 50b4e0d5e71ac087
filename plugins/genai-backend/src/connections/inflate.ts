import { promisify } from 'node:util';
import { constants, gunzip, gunzipSync } from 'node:zlib';

const inflateAll = promisify(gunzip);

/** Bounds what inflating allocates at a time: one piece where that is possible, and never without limit. */
const MIN_CHUNK_BYTES = 1 << 16;
const MAX_CHUNK_BYTES = 1 << 26;

/** Bounds what a small body may grow to: the largest page of a list is far below. */
const MAX_BYTES = 1 << 30;

function isCompressed(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b;
}

/** What a body grows to, told by its last four bytes; a hint, since it is modulo 4 GiB and of the last member only. */
function chunkBytes(body: Buffer): number {
  const told = body.length >= 4 ? body.readUInt32LE(body.length - 4) : 0;
  return Math.min(MAX_CHUNK_BYTES, Math.max(MIN_CHUNK_BYTES, told + 1));
}

/** The text of the beginning of a body, as far as it can be read; empty for what is no gzip though it begins so. */
export function inflateHead(head: Buffer): string {
  if (!isCompressed(head)) return head.toString('utf8');
  try {
    return gunzipSync(head, {
      finishFlush: constants.Z_SYNC_FLUSH,
    }).toString('utf8');
  } catch {
    return '';
  }
}

/**
 * The text of a body, inflated if it is gzip. That is told from its first bytes and not from the headers, which still say gzip
 * where the client has inflated it already.
 *
 * @throws Error when it begins like gzip and is none
 */
export async function inflate(body: Buffer): Promise<string> {
  const plain = isCompressed(body)
    ? await inflateAll(body, {
        chunkSize: chunkBytes(body),
        maxOutputLength: MAX_BYTES,
      })
    : body;
  return plain.toString('utf8');
}
