/** One reason among several, e.g. one invalid field. */
export type StatusCause = {
  reason: string;
  message: string;
  field?: string;
};

/** `details` of a failure `Status`. */
export type StatusDetails = {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
};

/** The `Status` object in which the API server says what went wrong. */
export type FailureStatus = {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: Record<string, never>;
  status: 'Failure';
  message: string;
  reason?: string;
  details?: StatusDetails;
  code: number;
};

/** A refusal in Kubernetes' own form; `code` is the HTTP status. */
export class ApiStatusError extends Error {
  readonly name = 'ApiStatusError';

  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly details?: StatusDetails,
  ) {
    super(message);
  }

  /** The body of the answer. */
  toStatus(): FailureStatus {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      ...(this.reason && { reason: this.reason }),
      ...(this.details && { details: this.details }),
      code: this.code,
    };
  }
}

/** What an error speaks about; `plural` may be a kind where Kubernetes says the kind. */
export type StatusSubject = { group: string; plural: string };

/** `deployments.apps`, or `pods` for the core group. */
export function qualified({ group, plural }: StatusSubject): string {
  return group ? `${plural}.${group}` : plural;
}

function about({ group, plural }: StatusSubject, name: string): StatusDetails {
  return { ...(name && { name }), ...(group && { group }), kind: plural };
}

/** 404 for an object. */
export function notFound(resource: StatusSubject, name: string) {
  return new ApiStatusError(
    404,
    'NotFound',
    `${qualified(resource)} "${name}" not found`,
    about(resource, name),
  );
}

/** 404 for a path that no resource answers. */
export function pathNotFound() {
  return new ApiStatusError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );
}

/** Whether an error is that of {@link pathNotFound}. */
export function isUnknownPath(error: unknown): boolean {
  return (
    error instanceof ApiStatusError &&
    error.code === 404 &&
    error.details?.kind === undefined
  );
}

/** 409 for a name that is taken. */
export function alreadyExists(resource: StatusSubject, name: string) {
  return new ApiStatusError(
    409,
    'AlreadyExists',
    `${qualified(resource)} "${name}" already exists`,
    about(resource, name),
  );
}

/** 409 for a write that lost a race or a precondition. */
export function conflict(
  resource: StatusSubject,
  name: string,
  message = 'the object has been modified; please apply your changes to the latest version and try again',
) {
  return new ApiStatusError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(resource)} "${name}": ${message}`,
    about(resource, name),
  );
}

/** 403; the message is the admission plugin's or the authorizer's. */
export function forbidden(
  resource: StatusSubject,
  name: string,
  message: string,
) {
  return new ApiStatusError(
    403,
    'Forbidden',
    name
      ? `${qualified(resource)} "${name}" is forbidden: ${message}`
      : `${qualified(resource)} is forbidden: ${message}`,
    about(resource, name),
  );
}

/** 400 for what cannot be read. */
export function badRequest(message: string) {
  return new ApiStatusError(400, 'BadRequest', message);
}

/** One invalid field of an object, in the wording of Kubernetes. */
export type FieldError = {
  field: string;
  reason:
    | 'FieldValueInvalid'
    | 'FieldValueRequired'
    | 'FieldValueNotSupported'
    | 'FieldValueForbidden'
    | 'FieldValueDuplicate'
    | 'FieldValueNotFound'
    | 'FieldValueTypeInvalid'
    | 'FieldValueTooLong'
    | 'FieldValueTooMany';
  /** Without the field, e.g. `Required value`. */
  message: string;
};

/** 422 with one cause per field. `kind` is the object's kind, as Kubernetes says it here. */
export function invalid(
  { group, kind }: { group: string; kind: string },
  name: string,
  errors: FieldError[],
) {
  const texts = errors.map(({ field, message }) => `${field}: ${message}`);
  return new ApiStatusError(
    422,
    'Invalid',
    `${qualified({ group, plural: kind })} "${name}" is invalid: ${
      texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
    }`,
    {
      ...about({ group, plural: kind }, name),
      causes: errors.map(({ field, reason, message }) => ({
        reason,
        message,
        field,
      })),
    },
  );
}

/** 410: the version is older than what the server still remembers. */
export function expired(message: string) {
  return new ApiStatusError(410, 'Expired', message);
}

/** 405 for a verb the resource does not have. */
export function methodNotAllowed(resource: StatusSubject, verb: string) {
  return new ApiStatusError(
    405,
    'MethodNotAllowed',
    `${verb} is not supported on resources of kind "${qualified(resource)}"`,
    about(resource, ''),
  );
}
