import { isRecord } from '../../store/json';

/** A JSON object of which nothing more is known. */
export type JsonNode = Record<string, unknown>;

/** The value as an object; an empty one when it is none. */
export function node(value: unknown): JsonNode {
  return isRecord(value) ? value : {};
}

/** The objects of a list; nothing when it is no list. */
export function nodes(value: unknown): JsonNode[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** The value at a path of names. */
export function at(value: unknown, ...path: string[]): unknown {
  return path.reduce<unknown>(
    (inner, name) => (isRecord(inner) ? inner[name] : undefined),
    value,
  );
}

/** The texts of a list. */
export function texts(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter((each): each is string => typeof each === 'string')
    : [];
}

/** The text values of an object. */
export function textMap(value: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(node(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** Sets what is absent. */
export function fill(target: JsonNode, values: JsonNode) {
  for (const [key, value] of Object.entries(values)) {
    if (target[key] === undefined || target[key] === '') {
      target[key] = value;
    }
  }
}
