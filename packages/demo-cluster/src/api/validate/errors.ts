import { FieldError } from '../../store/ApiStatusError';

/** Collects invalid fields in the wording of Kubernetes. */
export class FieldErrors {
  readonly errors: FieldError[] = [];

  private add(
    field: string,
    reason: FieldError['reason'],
    head: string,
    detail = '',
  ) {
    this.errors.push({
      field,
      reason,
      message: detail ? `${head}: ${detail}` : head,
    });
  }

  required(field: string, detail = '') {
    this.add(field, 'FieldValueRequired', 'Required value', detail);
  }

  invalid(field: string, value: unknown, detail: string) {
    this.add(
      field,
      'FieldValueInvalid',
      `Invalid value: ${JSON.stringify(value) ?? 'null'}`,
      detail,
    );
  }

  unsupported(field: string, value: unknown, supported: string[]) {
    this.add(
      field,
      'FieldValueNotSupported',
      `Unsupported value: ${JSON.stringify(value)}`,
      `supported values: ${supported.map(each => JSON.stringify(each)).join(', ')}`,
    );
  }

  forbidden(field: string, detail: string) {
    this.add(field, 'FieldValueForbidden', 'Forbidden', detail);
  }

  duplicate(field: string, value: unknown) {
    this.add(
      field,
      'FieldValueDuplicate',
      `Duplicate value: ${JSON.stringify(value)}`,
    );
  }

  notFound(field: string, value: unknown) {
    this.add(
      field,
      'FieldValueNotFound',
      `Not found: ${JSON.stringify(value)}`,
    );
  }

  tooLong(field: string, bytes: number) {
    this.add(
      field,
      'FieldValueTooLong',
      'Too long',
      `may not be more than ${bytes} bytes`,
    );
  }

  wrongType(field: string, type: string, detail: string) {
    this.add(
      field,
      'FieldValueTypeInvalid',
      `Invalid value: ${JSON.stringify(type)}`,
      detail,
    );
  }

  /** Value must be one of these; absent is fine. */
  oneOf(field: string, value: unknown, supported: string[]) {
    if (value !== undefined && !supported.includes(String(value))) {
      this.unsupported(field, value, supported);
    }
  }
}
