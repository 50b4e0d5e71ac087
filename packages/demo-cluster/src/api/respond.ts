import { IncomingMessage, ServerResponse } from 'node:http';
import { gzip } from 'node:zlib';
import { stringify } from 'yaml';
import { ApiStatusError } from '../store/ApiStatusError';

/** The form in which the caller wants objects. */
export interface Wanted {
  format: 'json' | 'yaml';
  as?: 'Table' | 'PartialObjectMetadata' | 'PartialObjectMetadataList';
}

const JSON_TYPES = new Set(['application/json', '*/*', 'application/*']);

/** Chooses the first acceptable form. Throws 406 when there is none. */
export function negotiate(request: IncomingMessage): Wanted {
  const accept = request.headers.accept ?? '*/*';
  for (const entry of accept.split(',')) {
    const [type, ...parameters] = entry.split(';').map(part => part.trim());
    const values = new Map(
      parameters.map(parameter => {
        const [key, value = ''] = parameter.split('=');
        return [key, value] as const;
      }),
    );
    const as = values.get('as');
    if (as && values.get('g') === 'meta.k8s.io') {
      if (
        type === 'application/json' &&
        values.get('v') === 'v1' &&
        (as === 'Table' ||
          as === 'PartialObjectMetadata' ||
          as === 'PartialObjectMetadataList')
      ) {
        return { format: 'json', as };
      }
    } else if (!as && (JSON_TYPES.has(type) || type === '')) {
      return { format: 'json' };
    } else if (!as && type === 'application/yaml') {
      return { format: 'yaml' };
    }
  }
  throw new ApiStatusError(
    406,
    'NotAcceptable',
    'only the following media types are accepted: application/json, application/yaml',
  );
}

/** As kube-apiserver compresses: answers of this size and more, and at the level that costs least. */
const GZIP_FROM_BYTES = 128 * 1024;
export const GZIP_LEVEL = 1;
const GZIP_CHUNK = 1 << 20;

/** Sends a JSON text; as YAML or compressed where the caller asks for that. */
export function sendJsonText(
  request: IncomingMessage,
  response: ServerResponse,
  code: number,
  text: string,
  wanted: Wanted = { format: 'json' },
  contentType = 'application/json',
) {
  response.statusCode = code;
  if (wanted.format === 'yaml') {
    response.setHeader('Content-Type', 'application/yaml');
    response.end(stringify(JSON.parse(text)));
    return;
  }
  response.setHeader('Content-Type', contentType);
  const body = Buffer.from(text);
  const encodings = String(request.headers['accept-encoding'] ?? '');
  if (/\bgzip\b/.test(encodings) && body.length >= GZIP_FROM_BYTES) {
    response.setHeader('Content-Encoding', 'gzip');
    response.setHeader('Vary', 'Accept-Encoding');
    gzip(
      body,
      { level: GZIP_LEVEL, chunkSize: GZIP_CHUNK },
      (error, compressed) => {
        if (error) {
          response.destroy(error);
        } else {
          response.end(compressed);
        }
      },
    );
    return;
  }
  response.setHeader('Content-Length', body.length);
  response.end(body);
}

/** Sends a value as JSON or YAML. */
export function sendValue(
  request: IncomingMessage,
  response: ServerResponse,
  code: number,
  value: unknown,
  wanted?: Wanted,
) {
  sendJsonText(request, response, code, JSON.stringify(value), wanted);
}

/** Sends plain text. */
export function sendText(response: ServerResponse, code: number, text: string) {
  response.writeHead(code, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(text);
}

/** Any error as the `Status` which Kubernetes would send. */
export function toStatusError(error: unknown): ApiStatusError {
  if (error instanceof ApiStatusError) {
    return error;
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ApiStatusError(
    500,
    'InternalError',
    `Internal error occurred: ${message}`,
    { causes: [{ reason: 'InternalError', message }] },
  );
}

/** Sends an error, or ends a response that has begun. */
export function sendError(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
) {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const status = toStatusError(error);
  if (status.code === 429 || status.details?.retryAfterSeconds) {
    response.setHeader(
      'Retry-After',
      String(status.details?.retryAfterSeconds ?? 1),
    );
  }
  sendJsonText(
    request,
    response,
    status.code,
    JSON.stringify(status.toStatus()),
  );
}
