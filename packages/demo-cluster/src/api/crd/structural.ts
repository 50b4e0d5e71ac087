import { isRecord } from '../../store/json';
import { Schema } from '../../store/openapi';
import { JsonNode } from '../schema/nodes';

const OBJECT_FIELDS = ['apiVersion', 'kind', 'metadata'];

/**
 * Drops what a structural schema does not know, in place, and returns the paths of what was dropped. `metadata` is not
 * looked at: it has the schema of all objects.
 */
export function prune(
  schema: Schema | undefined,
  value: unknown,
  path = '',
): string[] {
  if (!schema) {
    return [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      prune(schema.items, item, `${path}[${index}]`),
    );
  }
  if (!isRecord(value)) {
    return [];
  }
  const dropped: string[] = [];
  const keepsAll = schema['x-kubernetes-preserve-unknown-fields'] === true;
  const isObject =
    path === '' || schema['x-kubernetes-embedded-resource'] === true;
  for (const key of Object.keys(value)) {
    const inner = path ? `${path}.${key}` : key;
    const known =
      schema.properties && Object.hasOwn(schema.properties, key)
        ? schema.properties[key]
        : undefined;
    if (isObject && OBJECT_FIELDS.includes(key)) {
      continue;
    }
    if (known) {
      dropped.push(...prune(known, value[key], inner));
    } else if (isRecord(schema.additionalProperties)) {
      dropped.push(
        ...prune(schema.additionalProperties as Schema, value[key], inner),
      );
    } else if (schema.additionalProperties !== true && !keepsAll) {
      delete value[key];
      dropped.push(inner);
    }
  }
  return dropped;
}

/** Fills in the defaults of a structural schema, in place. */
export function fillDefaults(schema: Schema | undefined, value: unknown) {
  if (!schema) {
    return;
  }
  if (Array.isArray(value)) {
    value.forEach(item => fillDefaults(schema.items, item));
  } else if (isRecord(value)) {
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      const missing =
        value[key] === undefined || (value[key] === null && !property.nullable);
      if (missing && property.default !== undefined) {
        value[key] = structuredClone(property.default);
      }
      fillDefaults(property, value[key]);
    }
    if (isRecord(schema.additionalProperties)) {
      for (const [key, inner] of Object.entries(value)) {
        if (!schema.properties?.[key]) {
          fillDefaults(schema.additionalProperties as Schema, inner);
        }
      }
    }
  }
}

/** Drops nulls where the schema has no null, in place, as the server does when it stores an object. */
export function dropNulls(schema: Schema | undefined, value: JsonNode) {
  for (const [key, inner] of Object.entries(value)) {
    const property = schema?.properties?.[key];
    if (inner === null && property && !property.nullable) {
      delete value[key];
    } else if (isRecord(inner)) {
      dropNulls(property, inner);
    }
  }
}
