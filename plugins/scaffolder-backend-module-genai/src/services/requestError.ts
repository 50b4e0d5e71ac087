import {
  AuthenticationError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ResponseError,
  ServiceUnavailableError,
} from '@backstage/errors';

/**
 * Makes a failed call of another plugin readable in a task log: that plugin's own sentence, in the matching error class.
 * Use as `.catch(requestError('The plan was not made'))`.
 *
 * @param what - what did not happen, or the field that it is about
 * @param plugin - who was asked
 */
export function requestError(
  what: string,
  plugin: string = 'genai',
): (error: unknown) => never {
  return error => {
    if (error instanceof ResponseError) throw refused(error, what, plugin);
    if (error instanceof Error && error.name === 'AbortError') throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ServiceUnavailableError(
      // zod's own error; its message is the list of all issues
      error instanceof Error && error.name === 'ZodError'
        ? `${what}: the scaffolder does not understand the answer of the ${plugin} backend; their versions differ`
        : `${what}: the ${plugin} backend cannot be reached (${why})`,
    );
  };
}

function refused(error: ResponseError, what: string, plugin: string): Error {
  const said = error.body?.error?.message ?? error.message;
  const message = `${what}: ${said}`;
  switch (error.statusCode) {
    case 400:
      return new InputError(message);
    case 401:
      return new AuthenticationError(
        `${what}: the ${plugin} backend does not accept who you are; sign in again and start the task anew (${said})`,
      );
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new NotFoundError(message);
    default:
      return new ServiceUnavailableError(message);
  }
}
