import { badRequest } from '../../store/ApiStatusError';
import { isRecord, sameJson } from '../../store/json';
import { resolve, Schema } from '../../store/openapi';
import { JsonNode } from '../schema/nodes';

const ORDER = '$setElementOrder/';
const DELETE_FROM = '$deleteFromPrimitiveList/';
const RETAIN = '$retainKeys';
const PATCH = '$patch';

function fieldOf(schema: Schema | undefined, key: string): Schema | undefined {
  if (!schema) {
    return undefined;
  }
  const resolved = resolve(schema);
  return (
    resolved.properties?.[key] ??
    (isRecord(resolved.additionalProperties)
      ? (resolved.additionalProperties as Schema)
      : undefined)
  );
}

function directive(patch: JsonNode): unknown {
  const value = patch[PATCH];
  if (
    value !== undefined &&
    !['delete', 'replace', 'merge'].includes(String(value))
  ) {
    throw badRequest(`Unknown patch type found: ${String(value)}`);
  }
  return value;
}

function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutDirectives);
  }
  if (!isRecord(value)) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !key.startsWith('$') && inner !== null)
      .map(([key, inner]) => [key, withoutDirectives(inner)]),
  );
}

/** Sorts what the patch names as the patch wants it; other items keep their place after what they followed. */
function ordered(
  items: unknown[],
  order: unknown[],
  identity: (item: unknown) => unknown,
): unknown[] {
  const wanted = order.map(identity);
  const rank = (item: unknown) =>
    wanted.findIndex(each => sameJson(each, identity(item)));
  const named = items
    .filter(item => rank(item) >= 0)
    .sort((a, b) => rank(a) - rank(b));
  const result: unknown[] = [];
  for (const item of items) {
    if (rank(item) < 0) {
      result.push(item);
    } else if (named.length) {
      result.push(named.shift());
    }
  }
  return [...result, ...named];
}

function mergeLists(
  items: Schema | undefined,
  mergeKey: string,
  live: unknown[],
  patch: unknown[],
): unknown[] {
  const replaces = patch.some(
    item => isRecord(item) && directive(item) === 'replace',
  );
  if (replaces) {
    return patch
      .filter(item => isRecord(item) && item[PATCH] === undefined)
      .map(withoutDirectives);
  }
  const result = [...live];
  for (const item of patch) {
    if (!isRecord(item)) {
      continue;
    }
    const key = item[mergeKey];
    if (key === undefined) {
      throw badRequest(
        `map: ${JSON.stringify(item)} does not contain declared merge key: ${mergeKey}`,
      );
    }
    const index = result.findIndex(
      each => isRecord(each) && sameJson(each[mergeKey], key),
    );
    if (directive(item) === 'delete') {
      if (index >= 0) {
        result.splice(index, 1);
      }
    } else if (index >= 0) {
      result[index] = strategicMerge(items, result[index] as JsonNode, item);
    } else {
      result.push(strategicMerge(items, {}, item));
    }
  }
  return result;
}

function patchField(
  schema: Schema | undefined,
  live: unknown,
  patch: unknown,
): unknown {
  if (Array.isArray(patch)) {
    const strategy = schema?.['x-kubernetes-patch-strategy'] ?? '';
    const mergeKey = schema?.['x-kubernetes-patch-merge-key'];
    if (!strategy.split(',').includes('merge')) {
      return patch.map(withoutDirectives);
    }
    const items = Array.isArray(live) ? live : [];
    return mergeKey
      ? mergeLists(schema?.items, mergeKey, items, patch)
      : [
          ...items,
          ...patch.filter(item => !items.some(each => sameJson(each, item))),
        ];
  }
  if (isRecord(patch)) {
    return strategicMerge(schema, isRecord(live) ? live : {}, patch);
  }
  return patch;
}

/**
 * Strategic merge: maps are merged, lists by the merge key that their schema names, with the directives `$patch`,
 * `$retainKeys`, `$setElementOrder/x` and `$deleteFromPrimitiveList/x`. Throws 400 for a patch that makes no sense.
 */
export function strategicMerge(
  schema: Schema | undefined,
  live: JsonNode,
  patch: JsonNode,
): JsonNode {
  switch (directive(patch)) {
    case 'replace':
      return withoutDirectives(patch) as JsonNode;
    case 'delete':
      return {};
    default:
  }
  const retained = patch[RETAIN];
  const result: JsonNode = Array.isArray(retained)
    ? Object.fromEntries(
        Object.entries(live).filter(([key]) => retained.includes(key)),
      )
    : { ...live };
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE_FROM)) {
      const field = key.slice(DELETE_FROM.length);
      const list = result[field];
      if (Array.isArray(list) && Array.isArray(value)) {
        result[field] = list.filter(
          item => !value.some(gone => sameJson(gone, item)),
        );
      }
    } else if (key.startsWith('$')) {
      continue;
    } else if (value === null) {
      delete result[key];
    } else {
      result[key] = patchField(fieldOf(schema, key), result[key], value);
    }
  }
  for (const [key, value] of Object.entries(patch)) {
    const field = key.slice(ORDER.length);
    const list = result[field];
    if (key.startsWith(ORDER) && Array.isArray(value) && Array.isArray(list)) {
      const mergeKey = fieldOf(schema, field)?.['x-kubernetes-patch-merge-key'];
      result[field] = ordered(list, value, item =>
        mergeKey && isRecord(item) ? item[mergeKey] : item,
      );
    }
  }
  return result;
}
