import { badRequest } from '../../store/ApiStatusError';
import { isRecord } from '../../store/json';
import { definition, Schema } from '../../store/openapi';

/** What the published schemas say nothing about: they are scalars with a form of their own, or free. */
const SPECIAL: Record<string, (value: unknown) => unknown> = {
  Quantity: quantity,
  IntOrString: value =>
    typeof value === 'string' || Number.isInteger(value)
      ? value
      : fail(
          `json: cannot unmarshal ${jsonType(value)} into Go value of type int32`,
        ),
  RawExtension: value => value,
  FieldsV1: value => value,
  JSON: value => value,
  JSONSchemaPropsOrBool: value => value,
  JSONSchemaPropsOrArray: value => value,
  JSONSchemaPropsOrStringArray: value => value,
  JSONSchemaProps: value => value,
};

const PREFIX = '#/definitions/';
const QUANTITY =
  /^[+-]?(\d+|\d+\.\d*|\.\d+)([eE][+-]?\d+|[EPTGMK]i|[numkMGTPE])?$/;

class Mismatch extends Error {}

function fail(message: string): never {
  throw new Mismatch(message);
}

function quantity(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !QUANTITY.test(text)) {
    throw new Mismatch(
      "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    );
  }
  return text;
}

/** The last part of a definition's name, which is the name of its Go type. */
function typeName(reference: string): string {
  return reference.slice(reference.lastIndexOf('.') + 1);
}

function goType(schema: Schema): string {
  if (schema.$ref) {
    const name = typeName(schema.$ref);
    return name === 'Time' ? 'v1.Time' : `v1.${name}`;
  }
  switch (schema.type) {
    case 'integer':
      return schema.format ?? 'int32';
    case 'number':
      return 'float64';
    case 'boolean':
      return 'bool';
    case 'array':
      return `[]${goType(schema.items ?? {})}`;
    case 'object':
      return isRecord(schema.additionalProperties)
        ? `map[string]${goType(schema.additionalProperties as Schema)}`
        : 'map[string]interface {}';
    default:
      return schema.format === 'byte' ? '[]uint8' : 'string';
  }
}

function jsonType(value: unknown): string {
  if (Array.isArray(value)) {
    return 'array';
  }
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
      return 'number';
    case 'string':
      return 'string';
    default:
      return 'object';
  }
}

/** Where the walk is: the Go struct and field, for type errors, and the full path, for unknown fields. */
interface Place {
  struct: string;
  field: string;
  path: string;
}

/** A decoded object and what was not understood in it. */
export interface Decoded {
  value: Record<string, unknown>;
  /** Paths of fields that the schema does not have, in the order of the document. */
  unknown: string[];
}

class Decoder {
  readonly unknown: string[] = [];

  private mismatch(schema: Schema, value: unknown, place: Place): never {
    return fail(
      `json: cannot unmarshal ${jsonType(value)} into Go struct field ${place.struct}.${place.field} of type ${goType(schema)}`,
    );
  }

  decode(schema: Schema, value: unknown, place: Place): unknown {
    if (value === null || value === undefined) {
      return undefined;
    }
    if (schema.$ref) {
      const name = typeName(schema.$ref);
      const special = SPECIAL[name];
      if (special) {
        return special(value);
      }
      const target = definition(schema.$ref.slice(PREFIX.length));
      if (target.properties && !isRecord(value)) {
        return this.mismatch(schema, value, place);
      }
      return this.decode(target, value, { ...place, struct: name });
    }
    if (schema.properties) {
      return isRecord(value)
        ? this.struct(schema.properties, value, place)
        : this.mismatch(schema, value, place);
    }
    switch (schema.type) {
      case 'object':
        return this.map(schema, value, place);
      case 'array':
        return this.list(schema, value, place);
      case 'string':
        return this.text(schema, value, place);
      case 'integer':
        return Number.isInteger(value)
          ? value
          : this.mismatch(schema, value, place);
      case 'number':
        return typeof value === 'number'
          ? value
          : this.mismatch(schema, value, place);
      case 'boolean':
        return typeof value === 'boolean'
          ? value
          : this.mismatch(schema, value, place);
      default:
        return value;
    }
  }

  private text(schema: Schema, value: unknown, place: Place): string {
    if (typeof value !== 'string') {
      return this.mismatch(schema, value, place);
    }
    if (schema.format === 'date-time' && Number.isNaN(Date.parse(value))) {
      return fail(
        `parsing time ${JSON.stringify(value)} as "2006-01-02T15:04:05Z07:00": cannot parse ${JSON.stringify(value)} as "2006"`,
      );
    }
    if (
      schema.format === 'byte' &&
      !/^[A-Za-z0-9+/]*={0,2}$/.test(value.replace(/\s/g, ''))
    ) {
      const bad = value.search(/[^A-Za-z0-9+/=\s]/);
      return fail(`illegal base64 data at input byte ${Math.max(bad, 0)}`);
    }
    return value;
  }

  private struct(
    properties: Record<string, Schema>,
    value: Record<string, unknown>,
    place: Place,
  ): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
      const schema = Object.hasOwn(properties, key)
        ? properties[key]
        : undefined;
      const path = place.path ? `${place.path}.${key}` : key;
      if (!schema) {
        this.unknown.push(path);
        continue;
      }
      const decoded = this.decode(schema, inner, {
        struct: place.struct,
        field: place.field ? `${place.field}.${key}` : key,
        path,
      });
      if (decoded !== undefined) {
        result[key] = decoded;
      }
    }
    return result;
  }

  private map(schema: Schema, value: unknown, place: Place) {
    if (!isRecord(value)) {
      return this.mismatch(schema, value, place);
    }
    const values = schema.additionalProperties;
    if (!isRecord(values)) {
      return value;
    }
    const result: Record<string, unknown> = {};
    for (const [key, inner] of Object.entries(value)) {
      const decoded = this.decode(values as Schema, inner, {
        ...place,
        path: `${place.path}.${key}`,
      });
      // Go's null of a text is the empty text.
      result[key] =
        decoded ?? ((values as Schema).type === 'string' ? '' : decoded);
    }
    // Go leaves empty maps and lists out when it writes an object.
    return Object.keys(result).length ? result : undefined;
  }

  private list(schema: Schema, value: unknown, place: Place) {
    if (!Array.isArray(value)) {
      return this.mismatch(schema, value, place);
    }
    const items = schema.items ?? {};
    const result = value.map((inner, index) =>
      this.decode(items, inner, {
        ...place,
        path: `${place.path}[${index}]`,
      }),
    );
    return result.length ? result : undefined;
  }
}

/**
 * Reads a value as the schema of a built-in kind says, the way the API server does: unknown fields are dropped and
 * reported, nulls and empty lists are left out. Throws 400 for a value of the wrong type.
 */
export function decodeBuiltIn(
  schema: Schema,
  kind: string,
  version: string,
  value: Record<string, unknown>,
): Decoded {
  const decoder = new Decoder();
  try {
    const decoded = decoder.decode(schema, value, {
      struct: kind,
      field: '',
      path: '',
    });
    return {
      value: decoded as Record<string, unknown>,
      unknown: decoder.unknown,
    };
  } catch (error) {
    if (error instanceof Mismatch) {
      throw badRequest(
        `${kind} in version "${version}" cannot be handled as a ${kind}: ${error.message}`,
      );
    }
    throw error;
  }
}
