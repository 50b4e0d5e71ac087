import { isRecord, sameJson } from '../../store/json';
import { resolve, Schema } from '../../store/openapi';
import { FieldSet, PathElement } from './FieldSet';

/** How a value of a schema is owned: as one, field by field, or item by item. */
type Shape =
  | { kind: 'leaf' }
  | { kind: 'map'; schema: Schema }
  | { kind: 'list'; items: Schema; keys?: string[] };

const LEAF: Shape = { kind: 'leaf' };
/** Kinds whose content the schema leaves open; they are owned as one. */
const OPAQUE = /\.(RawExtension|FieldsV1|JSON|JSONSchemaProps\w*)$/;

function shapeOf(schema: Schema | undefined, value: unknown): Shape {
  if (!schema || (schema.$ref && OPAQUE.test(schema.$ref))) {
    return LEAF;
  }
  const resolved = resolve(schema);
  if (isRecord(value)) {
    const described =
      resolved.properties !== undefined ||
      resolved.additionalProperties !== undefined ||
      resolved['x-kubernetes-preserve-unknown-fields'];
    return described && resolved['x-kubernetes-map-type'] !== 'atomic'
      ? { kind: 'map', schema: resolved }
      : LEAF;
  }
  if (Array.isArray(value)) {
    switch (resolved['x-kubernetes-list-type']) {
      case 'map':
        return {
          kind: 'list',
          items: resolved.items ?? {},
          keys: resolved['x-kubernetes-list-map-keys'],
        };
      case 'set':
        return { kind: 'list', items: resolved.items ?? {} };
      default:
        return LEAF;
    }
  }
  return LEAF;
}

/** A free part of a custom resource: maps in it are still owned field by field. */
const FREE: Schema = { 'x-kubernetes-preserve-unknown-fields': true };

function fieldSchema(schema: Schema, key: string): Schema {
  if (schema.properties && Object.hasOwn(schema.properties, key)) {
    return schema.properties[key];
  }
  return isRecord(schema.additionalProperties)
    ? (schema.additionalProperties as Schema)
    : FREE;
}

function isNamed(schema: Schema, key: string): boolean {
  return Boolean(schema.properties && Object.hasOwn(schema.properties, key));
}

/** The defaults of list keys which the published document leaves out. */
const KEY_DEFAULTS: Record<string, unknown> = { protocol: 'TCP' };

function itemElement(item: unknown, keys: string[] | undefined): PathElement {
  if (!keys) {
    return `v:${JSON.stringify(item)}`;
  }
  const values: Record<string, unknown> = {};
  for (const key of [...keys].sort()) {
    const value = (item as Record<string, unknown> | null)?.[key];
    const known = value ?? KEY_DEFAULTS[key];
    if (known !== undefined) {
      values[key] = known;
    }
  }
  return `k:${JSON.stringify(values)}`;
}

function itemsByElement(
  list: unknown,
  keys: string[] | undefined,
): Map<PathElement, unknown> {
  const items = new Map<PathElement, unknown>();
  for (const item of Array.isArray(list) ? list : []) {
    const element = itemElement(item, keys);
    if (!items.has(element)) {
      items.set(element, item);
    }
  }
  return items;
}

/** The fields which an applied configuration claims. */
export function fieldsOf(schema: Schema, value: unknown): FieldSet {
  const set = new FieldSet();
  const visit = (at: Schema, inner: unknown, path: PathElement[]) => {
    const shape = shapeOf(at, inner);
    if (shape.kind === 'map') {
      for (const [key, child] of Object.entries(inner as object)) {
        const childPath = [...path, `f:${key}`];
        visit(fieldSchema(shape.schema, key), child, childPath);
        const empty = isRecord(child) && Object.keys(child).length === 0;
        if (child === null || empty || !isNamed(shape.schema, key)) {
          set.insert(childPath);
        }
      }
    } else if (shape.kind === 'list' && (inner as unknown[]).length) {
      for (const [element, child] of itemsByElement(inner, shape.keys)) {
        const childPath = [...path, element];
        visit(shape.items, child, childPath);
        set.insert(childPath);
      }
    } else {
      set.insert(path);
    }
  };
  visit(schema, value, []);
  return set;
}

/** What differs between two objects. */
export interface Comparison {
  added: FieldSet;
  modified: FieldSet;
  removed: FieldSet;
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined ||
    (isRecord(value)
      ? Object.keys(value).length === 0
      : Array.isArray(value) && value.length === 0)
  );
}

/** Compares two objects field by field. */
export function compare(
  schema: Schema,
  before: unknown,
  after: unknown,
): Comparison {
  const result: Comparison = {
    added: new FieldSet(),
    modified: new FieldSet(),
    removed: new FieldSet(),
  };
  const visit = (
    at: Schema,
    left: unknown,
    right: unknown,
    path: PathElement[],
  ) => {
    if (left === right) {
      return;
    }
    const shape = shapeOf(at, right ?? left);
    const other = shapeOf(at, left ?? right);
    if (
      shape.kind === 'leaf' ||
      other.kind !== shape.kind ||
      (isEmpty(left) && isEmpty(right))
    ) {
      if (left !== undefined && right !== undefined && !sameJson(left, right)) {
        result.modified.insert(path);
      }
    } else if (shape.kind === 'map') {
      const [l, r] = [left ?? {}, right ?? {}] as Record<string, unknown>[];
      for (const key of new Set([...Object.keys(l), ...Object.keys(r)])) {
        visit(fieldSchema(shape.schema, key), l[key], r[key], [
          ...path,
          `f:${key}`,
        ]);
      }
    } else {
      const l = itemsByElement(left, shape.keys);
      const r = itemsByElement(right, shape.keys);
      for (const element of new Set([...l.keys(), ...r.keys()])) {
        visit(shape.items, l.get(element), r.get(element), [...path, element]);
      }
    }
    if (left === undefined) {
      result.added.insert(path);
    } else if (right === undefined) {
      result.removed.insert(path);
    }
  };
  visit(schema, before, after, []);
  return result;
}

/** Lays an applied configuration over a live value: leaves are replaced, keyed items are merged. */
export function merge(
  schema: Schema,
  live: unknown,
  applied: unknown,
): unknown {
  if (applied === undefined) {
    return live;
  }
  if (live === undefined) {
    return applied;
  }
  const shape = shapeOf(schema, applied);
  if (shape.kind === 'leaf' || shapeOf(schema, live).kind !== shape.kind) {
    return applied;
  }
  if (shape.kind === 'map') {
    const result = { ...(live as Record<string, unknown>) };
    for (const [key, value] of Object.entries(applied as object)) {
      result[key] = merge(fieldSchema(shape.schema, key), result[key], value);
    }
    return result;
  }
  const liveItems = itemsByElement(live, shape.keys);
  const rest = itemsByElement(applied, shape.keys);
  const result: unknown[] = [];
  const takeUntil = (last?: PathElement) => {
    for (const [element, item] of rest) {
      result.push(merge(shape.items, liveItems.get(element), item));
      rest.delete(element);
      if (element === last) {
        return;
      }
    }
  };
  const wanted = new Set(rest.keys());
  for (const [element, item] of liveItems) {
    if (!wanted.has(element)) {
      result.push(item);
    } else if (rest.has(element)) {
      // The order of the configuration wins among the items it names.
      takeUntil(element);
    }
  }
  takeUntil();
  return result;
}

/**
 * Takes fields out of a value. A field below which somebody still owns something stays, without what goes from it.
 */
export function without(
  schema: Schema,
  value: unknown,
  gone: FieldSet,
  owned: FieldSet,
): unknown {
  const shape = shapeOf(schema, value);
  if (shape.kind === 'leaf') {
    return value;
  }
  const keeps = (
    element: PathElement,
    childSchema: Schema,
    child: unknown,
  ): { value: unknown } | undefined => {
    const ownedBelow = owned.below(element);
    if (gone.has(element) && (!ownedBelow || ownedBelow.isEmpty)) {
      return undefined;
    }
    const below = gone.below(element);
    if (!below || below.isEmpty) {
      return { value: child };
    }
    const left = without(
      childSchema,
      child,
      below,
      ownedBelow ?? new FieldSet(),
    );
    return isEmpty(left) && !isEmpty(child) && !owned.has(element)
      ? undefined
      : { value: left };
  };
  if (shape.kind === 'map') {
    const result: Record<string, unknown> = {};
    for (const [key, child] of Object.entries(value as object)) {
      const kept = keeps(`f:${key}`, fieldSchema(shape.schema, key), child);
      if (kept) {
        result[key] = kept.value;
      }
    }
    return result;
  }
  return (value as unknown[]).flatMap(item => {
    const kept = keeps(itemElement(item, shape.keys), shape.items, item);
    return kept ? [kept.value] : [];
  });
}
