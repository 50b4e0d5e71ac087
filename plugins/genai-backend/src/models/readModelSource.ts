import type { UrlReaderService } from '@backstage/backend-plugin-api';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { readLimited } from './readLimited';
import type { ModelSourceConfig } from './modelsConfig';

/** A catalog of a thousand models has about one megabyte. */
const MAX_BYTES = 2_000_000;

/** A file as it is now, or `undefined` when it is what it was. */
export type SourceText = { text: string; etag?: string } | undefined;

/**
 * Reads one file of models. Addresses go through Backstage's reader: it has the credentials of the integrations, and reads
 * from other hosts only where `backend.reading.allow` says so.
 *
 * @throws Error for any reason for which it cannot be read
 */
export async function readModelSource(
  source: ModelSourceConfig,
  options: { urlReader: UrlReaderService; etag?: string; signal: AbortSignal },
): Promise<SourceText> {
  const { urlReader, etag, signal } = options;
  if (source.kind === 'file') {
    const file = path.resolve(source.location);
    const stream = createReadStream(file, { signal });
    return { text: await readLimited(stream, MAX_BYTES) };
  }
  try {
    const response = await urlReader.readUrl(source.location, { etag, signal });
    const text = response.stream
      ? await readLimited(response.stream(), MAX_BYTES)
      : await readLimited([await response.buffer()], MAX_BYTES);
    return { text, ...(response.etag ? { etag: response.etag } : {}) };
  } catch (error) {
    if ((error as Error).name === 'NotModifiedError') return undefined;
    throw error;
  }
}
