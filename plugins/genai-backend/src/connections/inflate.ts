import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const inflateAll = promisify(gunzip);

/** What inflating allocates at a time. */
const CHUNK_BYTES = 1 << 20;

/** Bounds what a small body may grow to: the largest page of a list is far below. */
const MAX_BYTES = 1 << 30;

/**
 * The text of a body, inflated if it is gzip. That is told from its first bytes and not from the headers, which still say gzip
 * where the client has inflated it already.
 *
 * @throws Error when it begins like gzip and is none
 */
export async function inflate(body: Buffer): Promise<string> {
  const compressed = body[0] === 0x1f && body[1] === 0x8b;
  const plain = compressed
    ? await inflateAll(body, {
        chunkSize: CHUNK_BYTES,
        maxOutputLength: MAX_BYTES,
      })
    : body;
  return plain.toString('utf8');
}
