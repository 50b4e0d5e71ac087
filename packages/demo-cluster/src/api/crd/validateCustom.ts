import Ajv, { ErrorObject, ValidateFunction } from 'ajv';
import { invalid } from '../../store/ApiStatusError';
import { isRecord } from '../../store/json';
import { KubeObject } from '../../store/ObjectStore';
import { Schema } from '../../store/openapi';
import { ResourceInfo } from '../../store/ResourceRegistry';
import { FieldErrors } from '../validate/errors';
import { validateMetadata } from '../validate/metadata';

// Formats are the API server's own set and mostly unchecked there, too.
const ajv = new Ajv({
  allErrors: true,
  strict: false,
  validateFormats: false,
  verbose: true,
});

const validators = new WeakMap<Schema, ValidateFunction>();

/** A structural schema in the dialect that ajv speaks. */
function toJsonSchema(schema: Schema): unknown {
  if (schema['x-kubernetes-int-or-string']) {
    return { anyOf: [{ type: 'integer' }, { type: 'string' }] };
  }
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (
      keyword.startsWith('x-') ||
      keyword === 'default' ||
      keyword === 'description'
    ) {
      continue;
    }
    switch (keyword) {
      case 'properties':
        result.properties = Object.fromEntries(
          Object.entries(value as Record<string, Schema>).map(
            ([key, inner]) => [key, toJsonSchema(inner)],
          ),
        );
        break;
      case 'items':
      case 'not':
      case 'additionalProperties':
        result[keyword] = isRecord(value) ? toJsonSchema(value) : value;
        break;
      case 'allOf':
      case 'anyOf':
      case 'oneOf':
        result[keyword] = (value as Schema[]).map(toJsonSchema);
        break;
      case 'nullable':
        break;
      // OpenAPI 3.0 has flags where JSON schema has numbers.
      case 'exclusiveMinimum':
        if (value === true) result.exclusiveMinimum = schema.minimum;
        break;
      case 'exclusiveMaximum':
        if (value === true) result.exclusiveMaximum = schema.maximum;
        break;
      default:
        result[keyword] = value;
    }
  }
  return schema.nullable && schema.type
    ? { ...result, type: [schema.type, 'null'] }
    : result;
}

function validatorOf(schema: Schema): ValidateFunction {
  let validator = validators.get(schema);
  if (!validator) {
    const { metadata: _metadata, ...properties } = schema.properties ?? {};
    validator = ajv.compile(
      toJsonSchema({ ...schema, properties }) as Record<string, unknown>,
    );
    validators.set(schema, validator);
  }
  return validator;
}

/** `/spec/tags/0` as `spec.tags[0]`. */
function fieldOf(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))
    .reduce(
      (path, part) =>
        /^\d+$/.test(part)
          ? `${path}[${part}]`
          : path
            ? `${path}.${part}`
            : part,
      '',
    );
}

function jsonType(value: unknown): string {
  if (value === null) {
    return 'null';
  }
  if (Array.isArray(value)) {
    return 'array';
  }
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function report(errors: FieldErrors, error: ErrorObject) {
  const { keyword, params, data } = error;
  const field = fieldOf(error.instancePath);
  const body = `${field} in body`;
  switch (keyword) {
    case 'required':
      errors.required(
        field ? `${field}.${params.missingProperty}` : params.missingProperty,
      );
      break;
    case 'type':
      errors.wrongType(
        field,
        jsonType(data),
        `${body} must be of type ${params.type}: ${JSON.stringify(jsonType(data))}`,
      );
      break;
    case 'enum':
      errors.unsupported(field, data, params.allowedValues);
      break;
    case 'pattern':
      errors.invalid(field, data, `${body} should match '${params.pattern}'`);
      break;
    case 'maxLength':
      errors.tooLong(field, params.limit);
      break;
    case 'minLength':
      errors.invalid(
        field,
        data,
        `${body} should be at least ${params.limit} chars long`,
      );
      break;
    case 'minimum':
    case 'maximum':
      errors.invalid(
        field,
        data,
        `${body} should be ${keyword === 'minimum' ? 'greater' : 'less'} than or equal to ${params.limit}`,
      );
      break;
    case 'minItems':
      errors.invalid(
        field,
        (data as unknown[]).length,
        `${body} should have at least ${params.limit} items`,
      );
      break;
    default:
      errors.invalid(field, data, `${body} ${error.message}`);
  }
}

/** Checks a custom resource against its schema. Throws 422 with one cause per field. */
export function validateCustom(
  resource: ResourceInfo,
  object: KubeObject,
  old?: KubeObject,
) {
  const errors = new FieldErrors();
  validateMetadata(errors, resource, object, old);
  const validate = validatorOf(resource.schema);
  if (!validate(object)) {
    const found = validate.errors ?? [];
    const mistyped = new Set(
      found
        .filter(error => error.keyword === 'type')
        .map(error => error.instancePath),
    );
    found
      .filter(
        error => error.keyword === 'type' || !mistyped.has(error.instancePath),
      )
      .sort((a, b) => (a.instancePath < b.instancePath ? -1 : 1))
      .forEach(error => report(errors, error));
  }
  if (errors.errors.length) {
    throw invalid(resource, object.metadata.name ?? '', errors.errors);
  }
}
