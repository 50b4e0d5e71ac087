import { KubeObject } from '../../store/ObjectStore';
import { FieldErrors } from './errors';

/** Adds what is wrong with an object; `old` is the one it replaces. */
export type Check = (
  errors: FieldErrors,
  object: KubeObject,
  old: KubeObject | undefined,
) => void;

/** Refuses numbers below zero. */
export function count(errors: FieldErrors, field: string, value: unknown) {
  if (typeof value === 'number' && value < 0) {
    errors.invalid(field, value, 'must be greater than or equal to 0');
  }
}

/** Refuses what is neither a count nor a percentage. */
export function percentOrCount(
  errors: FieldErrors,
  field: string,
  value: unknown,
) {
  if (typeof value === 'string' && !/^[0-9]+%$/.test(value)) {
    errors.invalid(
      field,
      value,
      "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')",
    );
  } else {
    count(errors, field, value);
  }
}
