import { applyPatch, Operation } from 'fast-json-patch';
import { ApiStatusError, badRequest } from '../../store/ApiStatusError';
import { isRecord } from '../../store/json';
import { JsonNode } from '../schema/nodes';

/** JSON merge patch (RFC 7386). */
export function mergePatch(live: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) {
    return patch;
  }
  const result: JsonNode = isRecord(live) ? { ...live } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      result[key] = mergePatch(result[key], value);
    }
  }
  return result;
}

/** JSON patch (RFC 6902). Throws 400 for what is no patch, 422 when an operation does not fit the object. */
export function jsonPatch(live: JsonNode, patch: unknown): JsonNode {
  if (!Array.isArray(patch)) {
    throw badRequest(
      'error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp',
    );
  }
  try {
    // The library changes what it is given; stored objects are frozen.
    const copy: JsonNode = JSON.parse(JSON.stringify(live));
    return applyPatch(copy, patch as Operation[], true).newDocument;
  } catch {
    throw new ApiStatusError(
      422,
      'Invalid',
      'the server rejected our request due to an error in our request',
      {},
    );
  }
}
