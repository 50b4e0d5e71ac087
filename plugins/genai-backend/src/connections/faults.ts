import type {
  Fault,
  FaultReason,
} from '@promptside/backstage-plugin-genai-common';

/** Longest message kept: a proxy may answer with a whole HTML page. */
const MAX_MESSAGE_LENGTH = 500;

/** Codes of Node and undici for a peer that cannot be reached or went away. */
const UNREACHABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'UND_ERR_SOCKET',
]);

const TIMEOUT_CODES = new Set([
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

type JsonObject = { [key: string]: unknown };

/** A plain object, or `undefined` for anything else that JSON may hold. */
export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : undefined;
}

function clip(message: string): string {
  return message.length > MAX_MESSAGE_LENGTH
    ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…`
    : message;
}

function reasonOfStatus(statusCode: number): FaultReason {
  switch (statusCode) {
    case 401:
      return 'Unauthorized';
    case 403:
      return 'Forbidden';
    case 404:
      return 'NotInstalled';
    case 408:
    case 504:
      return 'Timeout';
    case 429:
    case 502:
    case 503:
      return 'Unreachable';
    default:
      return 'Unknown';
  }
}

/** Code of the error or of the innermost cause that has one, as Node writes it. */
function errorCode(error: unknown): string | undefined {
  let current = asObject(error);
  for (let depth = 0; current && depth < 5; depth += 1) {
    if (typeof current.code === 'string') return current.code;
    current = asObject(current.cause);
  }
  return undefined;
}

/** Fault of a request that got no answer at all. */
export function faultOfError(error: unknown, at: string): Fault {
  const code = errorCode(error);
  const known = asObject(error);
  const name = typeof known?.name === 'string' ? known.name : undefined;
  const statusCode =
    typeof known?.statusCode === 'number' ? known.statusCode : undefined;
  const message = clip(error instanceof Error ? error.message : String(error));
  if (statusCode !== undefined) {
    return { reason: reasonOfStatus(statusCode), message, statusCode, at };
  }
  if (name === 'TimeoutError' || (code && TIMEOUT_CODES.has(code))) {
    return { reason: 'Timeout', message, at };
  }
  if (code && UNREACHABLE_CODES.has(code)) {
    return { reason: 'Unreachable', message: `${message} (${code})`, at };
  }
  // undici wraps every network fault in a TypeError; a fault of TLS or DNS has a code that no list is complete for
  if (name === 'TypeError' && known?.cause !== undefined) {
    return {
      reason: 'Unreachable',
      message: code ? `${message} (${code})` : message,
      at,
    };
  }
  if (name === 'SyntaxError' || name === 'LineTooLongError') {
    return { reason: 'InvalidResponse', message, at };
  }
  return { reason: 'Unknown', message, at };
}

/**
 * Fault of an answer with an error status. Two speak here: the API server (a `Status` object, or plain text for a path
 * it does not know) and the Kubernetes plugin in front of it (Backstage's error body). A 404 of the plugin is a cluster
 * it does not know, not an API that is not installed; its 500 is a cluster it could not reach.
 */
export function faultOfAnswer(
  statusCode: number,
  body: string,
  at: string,
): Fault {
  let parsed: JsonObject | undefined;
  try {
    parsed = asObject(JSON.parse(body));
  } catch {
    // plain text, e.g. "404 page not found"
  }
  const ofPlugin = asObject(parsed?.error);
  if (ofPlugin) {
    const message = clip(
      typeof ofPlugin.message === 'string'
        ? ofPlugin.message
        : `The Kubernetes plugin answered ${statusCode}`,
    );
    if (statusCode === 404 || statusCode >= 500) {
      return {
        reason: TIMEOUT_CODES.has(errorCode(ofPlugin) ?? '')
          ? 'Timeout'
          : 'Unreachable',
        message,
        statusCode,
        at,
      };
    }
    return { reason: reasonOfStatus(statusCode), message, statusCode, at };
  }
  const ofServer =
    parsed?.kind === 'Status' && typeof parsed.message === 'string'
      ? parsed.message
      : body.trim();
  return {
    reason: reasonOfStatus(statusCode),
    message: clip(ofServer || `The API server answered ${statusCode}`),
    statusCode,
    at,
  };
}

/** Fault of a `Status` object that a watch sends as an ERROR event. */
export function faultOfStatus(status: unknown, at: string): Fault {
  const object = asObject(status);
  const statusCode = typeof object?.code === 'number' ? object.code : undefined;
  return {
    reason: statusCode === undefined ? 'Unknown' : reasonOfStatus(statusCode),
    message: clip(
      typeof object?.message === 'string'
        ? object.message
        : 'The watch ended with an error that tells nothing',
    ),
    ...(statusCode === undefined ? {} : { statusCode }),
    at,
  };
}
