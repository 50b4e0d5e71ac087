import { ApiStatusError, invalid } from '../../store/ApiStatusError';
import { isRecord } from '../../store/json';
import { FieldErrors } from '../validate/errors';

/** A value as Go's `%+v` prints it. */
function goText(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(goText).join(' ')}]`;
  }
  if (isRecord(value)) {
    const entries = Object.keys(value)
      .sort()
      .map(key => `${key}:${goText(value[key])}`);
    return `map[${entries.join(' ')}]`;
  }
  return value === null ? '<nil>' : String(value);
}

const GO_KINDS: Record<string, string> = {
  array: 'slice',
  object: 'map',
  number: 'int64',
};

/** A strategic patch is converted without going through JSON, so its type errors have words of their own. */
function conversionFault(fault: string): string {
  const match = /cannot unmarshal (\S+) into Go struct field \S+ of type (.+)$/;
  const [, from = '', type = ''] = match.exec(fault) ?? [];
  const kind = GO_KINDS[from] ?? from;
  if (!type) {
    return fault;
  }
  if (type.startsWith('map[')) {
    return `cannot restore map from ${kind}`;
  }
  if (type.startsWith('[]')) {
    return `cannot restore slice from ${kind}`;
  }
  if (type.startsWith('v1.')) {
    return `cannot restore struct from: ${kind}`;
  }
  return type === 'string'
    ? `cannot convert ${kind} to string`
    : `unrecognized type: ${type}`;
}

/** The refusal of a patch whose result cannot be read: 422 for the field `patch`; any other error stays as it is. */
export function patchFault(
  error: unknown,
  patch: { strategic: boolean; body: unknown; result: unknown },
): unknown {
  const fault =
    error instanceof ApiStatusError &&
    error.code === 400 &&
    /cannot be handled as a \S+: (.*)$/s.exec(error.message)?.[1];
  if (!fault) {
    return error;
  }
  const errors = new FieldErrors();
  if (patch.strategic) {
    errors.invalid('patch', goText(patch.body), conversionFault(fault));
  } else {
    errors.invalid('patch', JSON.stringify(patch.result), fault);
  }
  return invalid({ group: '', kind: '' }, '', errors.errors);
}
