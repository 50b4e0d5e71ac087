import {
  InputError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';

/**
 * Makes a failed call of genai-backend readable in a task log: the backend's own sentence, in the matching error class.
 * Use as `.catch(requestError('The plan was not made'))`.
 */
export function requestError(what: string): (error: unknown) => never {
  return error => {
    if (!(error instanceof ResponseError)) {
      if (error instanceof Error && error.name === 'AbortError') throw error;
      throw new ServiceUnavailableError(
        `${what}: the genai backend cannot be reached (${
          error instanceof Error ? error.message : String(error)
        })`,
      );
    }
    const said = error.body?.error?.message ?? error.message;
    const message = `${what}: ${said}`;
    switch (error.statusCode) {
      case 400:
        throw new InputError(message);
      case 403:
        throw new NotAllowedError(message);
      case 404:
        throw new NotFoundError(message);
      default:
        throw new ServiceUnavailableError(message);
    }
  };
}
