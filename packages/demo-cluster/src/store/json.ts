import { KubeObject } from './ObjectStore';

const tails = new WeakMap<KubeObject, string>();

/**
 * JSON of an object without `kind` and `apiVersion`, which lists leave out; made once per version of an object.
 * Starts with `{"metadata":`.
 */
export function jsonBody(object: KubeObject): string {
  let text = tails.get(object);
  if (text === undefined) {
    const { kind: _kind, apiVersion: _apiVersion, metadata, ...rest } = object;
    text = JSON.stringify({ metadata, ...rest });
    tails.set(object, text);
  }
  return text;
}

/** JSON of a whole object, in the order in which Kubernetes writes it. */
export function jsonOf(
  object: KubeObject,
  apiVersion: string = object.apiVersion,
): string {
  return `{"kind":${JSON.stringify(object.kind)},"apiVersion":${JSON.stringify(
    apiVersion,
  )},${jsonBody(object).slice(1)}`;
}

/** Freezes a value and all in it; what is frozen already is not walked again. */
export function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === 'object' && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) {
      deepFreeze(inner);
    }
  }
  return value;
}

/** Whether two values would be written as the same JSON: members that are `undefined` do not count. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) {
    return true;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((value, index) => sameJson(value, b[index]))
    );
  }
  if (!isRecord(a) || !isRecord(b)) {
    return false;
  }
  const size = (value: Record<string, unknown>) =>
    Object.values(value).filter(inner => inner !== undefined).length;
  return (
    size(a) === size(b) &&
    Object.entries(a).every(
      ([key, value]) => value === undefined || sameJson(value, b[key]),
    )
  );
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
