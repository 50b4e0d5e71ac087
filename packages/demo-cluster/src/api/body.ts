import { IncomingMessage } from 'node:http';
import { parseDocument } from 'yaml';
import { ApiStatusError, badRequest } from '../store/ApiStatusError';
import { isRecord } from '../store/json';
import { decodeProtobuf, PROTOBUF_TYPE } from './protobuf';
import { duplicateFields } from './schema/duplicates';
import { JsonNode } from './schema/nodes';

const MAX_BYTES = 3 * 1024 * 1024;

/** Reads the whole body. Throws 413 beyond 3 MiB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw new ApiStatusError(
        413,
        'RequestEntityTooLarge',
        `Request entity too large: limit is ${MAX_BYTES}`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The media type of a request without its parameters. */
export function mediaType(request: IncomingMessage): string {
  return (request.headers['content-type'] ?? '')
    .split(';')[0]
    .trim()
    .toLowerCase();
}

/** 415 with what would have been accepted. */
export function unsupportedMediaType(accepted: string[]) {
  return new ApiStatusError(
    415,
    'UnsupportedMediaType',
    `the body of the request was in an unknown format - accepted media types include: ${accepted.join(', ')}`,
  );
}

/** A parsed body and the paths of the fields that it gives twice. */
export interface ParsedBody {
  value: unknown;
  duplicates: string[];
}

/** Parses YAML (and so JSON). Throws 400 with the place of the error. */
export function parseYaml(text: string): ParsedBody {
  const document = parseDocument(text, { uniqueKeys: false });
  if (document.errors.length) {
    throw badRequest(`error decoding YAML: ${document.errors[0].message}`);
  }
  return { value: document.toJS({ maxAliasCount: 100 }), duplicates: [] };
}

/** Parses JSON. Throws 400 with the place of the error. */
export function parseJson(text: string): ParsedBody {
  try {
    return { value: JSON.parse(text), duplicates: duplicateFields(text) };
  } catch (error) {
    throw badRequest(
      `couldn't get version/kind; json parse error: ${(error as Error).message}`,
    );
  }
}

/** An object of the request body, in JSON, YAML or, for built-in kinds, protobuf. Throws 400, 413 or 415. */
export async function readObject(
  request: IncomingMessage,
): Promise<{ value: JsonNode; duplicates: string[] }> {
  const type = mediaType(request) || 'application/json';
  if (type === PROTOBUF_TYPE) {
    const value = decodeProtobuf(await readBody(request));
    if (value) {
      return { value, duplicates: [] };
    }
  }
  if (type !== 'application/json' && type !== 'application/yaml') {
    throw unsupportedMediaType(['application/json', 'application/yaml']);
  }
  const text = (await readBody(request)).toString('utf8');
  const { value, duplicates } =
    type === 'application/json' ? parseJson(text) : parseYaml(text);
  if (!isRecord(value)) {
    throw badRequest(
      "couldn't get version/kind; json parse error: the body is no object",
    );
  }
  return { value, duplicates };
}
